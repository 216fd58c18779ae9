"""An HDFS that asks for Kerberos and encrypts, read and written by the rendered configuration alone.

The key distribution centre is Hadoop's MiniKdc, the name node and the data node are Hadoop's. The client is pyarrow of
the server's image through libhdfs, with the rendered properties, variables and krb5.conf; only the centre's port is
another, since 88 may be taken.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import pytest

from .. import hadoop
from ..processes import free_port, server
from .container import Image
from .rendered import compile_and_render

REALM: Final = "EXAMPLE.COM"
SPEC: Final = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs:
  nameNode: viewfs://all
  mounts: {{/mlflow: "hdfs://localhost:{port}/mlflow", /raw/old: "hdfs://localhost:{port}/old"}}
  kerberos:
    realm: EXAMPLE.COM
    kdc: [127.0.0.1]
    principal: mlflow
    keytabSecret: keytab
    rpcProtection: privacy
    dataProtection: privacy
client: {{enabled: false}}
environments: {{prod: {{}}}}
"""
SCRIPT: Final = """
from pyarrow import fs
store = fs.HadoopFileSystem("default")
with store.open_output_stream("/mlflow/mlruns/0/model.txt") as file:
    file.write(b"a model")
print([one.path for one in store.get_file_info(fs.FileSelector("/"))])
print(store.open_input_stream("/mlflow/mlruns/0/model.txt").read())
"""
_NAME_NODE: Final = "org.apache.hadoop.hdfs.server.namenode.NameNode"
_DATA_NODE: Final = "org.apache.hadoop.hdfs.server.datanode.DataNode"
_KDC: Final = "org.apache.hadoop.minikdc.MiniKdc"
_SHELL: Final = "org.apache.hadoop.fs.FsShell"


@dataclass(frozen=True, slots=True)
class Secured:
    """A running HDFS, and what a pod of the rendered server has of its client."""

    folder: Path
    environment: dict[str, str]
    python: Path

    def client(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the script, its environment that of the container and `more`; an empty text takes one away."""
        environment = {name: value for name, value in {**self.environment, **more}.items() if value}
        command = [self.python, "-c", SCRIPT]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )


@pytest.fixture(scope="module")
def secured(server_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("kerberos")
    port, kdc = free_port(), free_port()
    rendered = compile_and_render(SPEC.format(port=port), folder / "compiled", "prod")
    pod = rendered.pod("server")
    volume = next(each for each in pod["volumes"] if each["name"] == "hadoop-conf")
    conf = folder / "conf"
    conf.mkdir()
    for name, content in rendered.files(volume).items():
        (conf / name).write_bytes(content.replace(b"127.0.0.1:88", b"127.0.0.1:%d" % kdc))
    keytab = folder / "all.keytab"
    with ExitStack() as stack:
        _start_kdc(stack, folder, kdc, keytab)
        _start_hdfs(stack, folder, port, keytab)
        yield Secured(
            folder,
            {**_variables(pod["containers"][0], conf, keytab), "PYTHONPATH": str(_packages(server_image))},
            Path(sys.base_prefix, "bin/python3"),
        )


def _packages(image: Image) -> Path:
    """The server's packages, outside of its image."""
    assert image.root is not None
    (folder,) = image.root.glob("opt/venv/lib/python*/site-packages")
    return folder


def _variables(container: dict[str, Any], conf: Path, keytab: Path) -> dict[str, str]:
    written = {each["name"]: each.get("value", "") for each in container["env"]}
    home = hadoop.client()
    jars = sorted((home / "share/hadoop/common").glob("*.jar"))
    return {
        "PATH": os.environ["PATH"],
        "JAVA_HOME": str(hadoop.java_home()),
        "HADOOP_CONF_DIR": str(conf),
        "ARROW_LIBHDFS_DIR": str(home / "lib/native"),
        "CLASSPATH": ":".join(map(str, [conf, *jars])),
        # In the pod the file is at /etc/krb5.conf, where Java looks by itself.
        "LIBHDFS_OPTS": f"-Xmx256m -Djava.security.krb5.conf={conf / 'krb5.conf'}",
        "KRB5PRINCIPAL": written["KRB5PRINCIPAL"],
        "KRB5KEYTAB": str(keytab),
    }


def _start_kdc(stack: ExitStack, folder: Path, port: int, keytab: Path) -> None:
    settings = {
        "org.name": "EXAMPLE", "org.domain": "COM", "kdc.bind.address": "127.0.0.1", "kdc.port": port,
        "transport": "TCP", "instance": "Kdc", "max.ticket.lifetime": 86400000, "min.ticket.lifetime": 60000,
        "max.renewable.lifetime": 604800000, "debug": "false",
    }  # fmt: skip
    (folder / "kdc.properties").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    (folder / "kdc").mkdir()
    command = ["java", "-cp", f"{hadoop.kdc()}/*", _KDC, folder / "kdc", folder / "kdc.properties", keytab]
    started = stack.enter_context(
        server([*command, "mlflow", "nn/localhost", "HTTP/localhost"], folder / "kdc.log")
    )
    started.wait_until(lambda: keytab.exists() and "Standalone MiniKdc Running" in started.log.read_text())


def _start_hdfs(stack: ExitStack, folder: Path, port: int, keytab: Path) -> None:
    ours, admin = f"nn/localhost@{REALM}", folder / "admin"
    address = "127.0.0.1:{}".format
    secure = {"hadoop.security.authentication": "kerberos", "hadoop.rpc.protection": "privacy"}
    _site(admin / "core-site.xml", {"fs.defaultFS": f"hdfs://localhost:{port}", **secure})
    web, data = free_port(), free_port()
    settings = {
        **{f"dfs.{node}.kerberos.principal": ours for node in ("namenode", "datanode")},
        **{f"dfs.{node}.keytab.file": str(keytab) for node in ("namenode", "datanode")},
        "dfs.web.authentication.kerberos.principal": f"HTTP/localhost@{REALM}",
        "dfs.web.authentication.kerberos.keytab": str(keytab),
        "dfs.block.access.token.enable": "true",
        "dfs.data.transfer.protection": "privacy",
        # Without it a data node that is not started by root with jsvc wants https.
        "ignore.secure.ports.for.testing": "true",
        "dfs.namenode.http-address": address(web),
        "dfs.datanode.address": address(data),
        "dfs.datanode.ipc.address": address(free_port()),
        "dfs.datanode.http.address": address(free_port()),
        "dfs.namenode.name.dir": str(folder / "name"),
        "dfs.datanode.data.dir": str(folder / "blocks"),
        "dfs.replication": "1",
    }
    _site(admin / "hdfs-site.xml", settings)
    java = ["java", "-Xmx256m", f"-Djava.security.krb5.conf={folder / 'conf/krb5.conf'}"]
    java += ["-cp", f"{admin}:{hadoop.cluster()}/*"]
    subprocess.run([*java, _NAME_NODE, "-format", "-nonInteractive"], check=True, capture_output=True)
    for name, main, listens in (("name", _NAME_NODE, port), ("data", _DATA_NODE, data)):
        running = stack.enter_context(server([*java, main], folder / f"{name}-node.log"))
        running.wait_until(lambda listens=listens: _answers(listens))
    login = {**os.environ, "KRB5PRINCIPAL": ours, "KRB5KEYTAB": str(keytab)}
    for words in (("-mkdir", "/mlflow", "/old"), ("-chown", "mlflow", "/mlflow")):
        subprocess.run([*java, _SHELL, *words], check=True, capture_output=True, env=login)


def _answers(port: int) -> bool:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
        return True


def _site(file: Path, settings: dict[str, str]) -> None:
    file.parent.mkdir(exist_ok=True)
    properties = "".join(
        f"<property><name>{name}</name><value>{escape(value)}</value></property>\n"
        for name, value in settings.items()
    )
    file.write_text(f"<configuration>\n{properties}</configuration>\n", encoding="utf-8")


def test_a_pod_with_the_keytab_writes_and_reads(secured: Secured) -> None:
    done = secured.client()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["['/mlflow', '/raw']", "b'a model'"]


def test_a_pod_without_the_keytab_does_not(secured: Secured) -> None:
    done = secured.client(KRB5PRINCIPAL="", KRB5KEYTAB="", HADOOP_USER_NAME="mlflow")
    assert done.returncode != 0
    assert "Client cannot authenticate via:[TOKEN, KERBEROS]" in done.stderr
