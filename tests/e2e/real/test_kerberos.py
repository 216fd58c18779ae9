"""An HDFS that asks for Kerberos and encrypts, read and written by the rendered configuration alone.

The key distribution centre is Hadoop's MiniKdc, the name node and the data node are Hadoop's. The client is pyarrow of
the server's image through libhdfs, with the rendered properties, variables and krb5.conf; only the centre's port is
another, since 88 may be taken.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from .. import hadoop
from ..processes import free_port
from .container import Image
from .rendered import compile_and_render
from .secured_hdfs import kdc, secured_hdfs

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
    port, centre = free_port(), free_port()
    rendered = compile_and_render(SPEC.format(port=port), folder / "compiled", "prod")
    pod = rendered.pod("server")
    volume = next(each for each in pod["volumes"] if each["name"] == "hadoop-conf")
    conf = folder / "conf"
    conf.mkdir()
    for name, content in rendered.files(volume).items():
        (conf / name).write_bytes(content.replace(b"127.0.0.1:88", b"127.0.0.1:%d" % centre))
    with (
        kdc(folder, centre) as keytab,
        secured_hdfs(folder, [port], keytab, conf / "krb5.conf"),
    ):
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


def test_a_pod_with_the_keytab_writes_and_reads(secured: Secured) -> None:
    done = secured.client()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["['/mlflow', '/raw']", "b'a model'"]


def test_a_pod_without_the_keytab_does_not(secured: Secured) -> None:
    done = secured.client(KRB5PRINCIPAL="", KRB5KEYTAB="", HADOOP_USER_NAME="mlflow")
    assert done.returncode != 0
    assert "Client cannot authenticate via:[TOKEN, KERBEROS]" in done.stderr
