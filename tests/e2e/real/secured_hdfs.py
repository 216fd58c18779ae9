"""An HDFS that asks for Kerberos and encrypts, with Hadoop's MiniKdc as the key distribution centre.

The name nodes, one or a pair of which one stands by, and the data node are Hadoop's own, on this machine's loopback.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from .. import hadoop
from ..processes import free_port, server

REALM: Final = "EXAMPLE.COM"
#: The name service of a pair.
SERVICE: Final = "prod"
_OURS: Final = f"nn/localhost@{REALM}"
_NAME_NODE: Final = "org.apache.hadoop.hdfs.server.namenode.NameNode"
_DATA_NODE: Final = "org.apache.hadoop.hdfs.server.datanode.DataNode"
_KDC: Final = "org.apache.hadoop.minikdc.MiniKdc"
_SHELL: Final = "org.apache.hadoop.fs.FsShell"
_HA_ADMIN: Final = "org.apache.hadoop.hdfs.tools.DFSHAAdmin"


@dataclass(frozen=True, slots=True)
class SecuredHdfs:
    """A running HDFS.

    Attributes:
        keytab: Holds every principal.
        java: The command line of Java with the administrator's configuration, without a class to run.
        environment: The administrator's login, by variables.
    """

    keytab: Path
    java: tuple[str, ...]
    environment: dict[str, str]

    def shell(self, *words: str) -> str:
        """Run a command of `hdfs dfs` as the administrator; its answer."""
        return self._run(_SHELL, *words)

    def activate(self, name_node: str) -> None:
        """Make one of a pair the active one, as an administrator does by hand."""
        self._run(_HA_ADMIN, "-transitionToActive", name_node)

    def _run(self, *words: str) -> str:
        command = [*self.java, *words]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def kdc(folder: Path, port: int) -> Iterator[Path]:
    """Run a key distribution centre.

    Args:
        folder: Gets its files.
        port: Where it listens.

    Yields:
        A keytab with the principals of the nodes and `mlflow`.
    """
    keytab = folder / "all.keytab"
    settings = {
        "org.name": "EXAMPLE", "org.domain": "COM", "kdc.bind.address": "127.0.0.1", "kdc.port": port,
        "transport": "TCP", "instance": "Kdc", "max.ticket.lifetime": 86400000, "min.ticket.lifetime": 60000,
        "max.renewable.lifetime": 604800000, "debug": "false",
    }  # fmt: skip
    (folder / "kdc.properties").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    (folder / "kdc").mkdir()
    command = ["java", "-cp", f"{hadoop.kdc()}/*", _KDC, folder / "kdc", folder / "kdc.properties", keytab]
    with server([*command, "mlflow", "nn/localhost", "HTTP/localhost"], folder / "kdc.log") as started:
        started.wait_until(
            lambda: keytab.exists() and "Standalone MiniKdc Running" in started.log.read_text()
        )
        yield keytab


@contextmanager
def secured_hdfs(folder: Path, ports: Sequence[int], keytab: Path, krb5: Path) -> Iterator[SecuredHdfs]:
    """Run HDFS with the folders /mlflow, which is the user's, and /old.

    Args:
        folder: Gets its files.
        ports: Of the name nodes: one, or a pair named nn1 and nn2, of which nn1 is active.
        keytab: That of `kdc`.
        krb5: The krb5.conf.
    """
    names = [f"nn{number}" for number in range(1, len(ports) + 1)]
    paired = len(ports) > 1
    common, data = _common(folder, keytab), free_port()
    common["dfs.datanode.address"] = f"127.0.0.1:{data}"
    confs = {}
    for name in names:
        own = {"dfs.namenode.http-address": f"127.0.0.1:{free_port()}"}
        own["dfs.namenode.name.dir"] = str(folder / name)
        confs[name] = _conf(folder, name, ports, {**common, **own})
    flags = ["java", "-Xmx256m", f"-Djava.security.krb5.conf={krb5}"]
    java = {name: (*flags, "-cp", f"{conf}:{hadoop.cluster()}/*") for name, conf in confs.items()}
    format_it = [*java["nn1"], _NAME_NODE, "-format", "-nonInteractive"]
    subprocess.run(format_it, check=True, capture_output=True)
    environment = {**os.environ, "KRB5PRINCIPAL": _OURS, "KRB5KEYTAB": str(keytab)}
    running = SecuredHdfs(keytab, java["nn1"], environment)
    with ExitStack() as stack:

        def start(name: str, main: str, port: int, own: Sequence[str]) -> None:
            started = stack.enter_context(server([*own, main], folder / f"{name}.log"))
            started.wait_until(lambda: _answers(port))

        for name, port in zip(names, ports, strict=True):
            if name != "nn1":
                shutil.copytree(folder / "nn1", folder / name, ignore=shutil.ignore_patterns("in_use.lock"))
            start(name, _NAME_NODE, port, java[name])
        if paired:
            running.activate("nn1")
        start("data", _DATA_NODE, data, java["nn1"])
        running.shell("-mkdir", "/mlflow", "/old")
        running.shell("-chown", "mlflow", "/mlflow")
        yield running


def _common(folder: Path, keytab: Path) -> dict[str, str]:
    return {
        **{f"dfs.{node}.kerberos.principal": _OURS for node in ("namenode", "datanode")},
        **{f"dfs.{node}.keytab.file": str(keytab) for node in ("namenode", "datanode")},
        "dfs.web.authentication.kerberos.principal": f"HTTP/localhost@{REALM}",
        "dfs.web.authentication.kerberos.keytab": str(keytab),
        "dfs.block.access.token.enable": "true",
        "dfs.data.transfer.protection": "privacy",
        # Without it a data node that is not started by root with jsvc wants https.
        "ignore.secure.ports.for.testing": "true",
        "dfs.datanode.ipc.address": f"127.0.0.1:{free_port()}",
        "dfs.datanode.http.address": f"127.0.0.1:{free_port()}",
        "dfs.datanode.data.dir": str(folder / "blocks"),
        "dfs.replication": "1",
    }


def _conf(folder: Path, name: str, ports: Sequence[int], settings: dict[str, str]) -> Path:
    """The configuration of one name node; that of the first is the data node's and the administrator's too."""
    conf = folder / f"conf-{name}"
    secure = {"hadoop.security.authentication": "kerberos", "hadoop.rpc.protection": "privacy"}
    paired = len(ports) > 1
    default = SERVICE if paired else f"localhost:{ports[0]}"
    _site(conf / "core-site.xml", {"fs.defaultFS": f"hdfs://{default}", **secure})
    if paired:
        settings = {**settings, **_pair(folder, name, ports)}
    _site(conf / "hdfs-site.xml", settings)
    return conf


def _pair(folder: Path, name: str, ports: Sequence[int]) -> dict[str, str]:
    provider = "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider"
    return {
        "dfs.nameservices": SERVICE,
        f"dfs.ha.namenodes.{SERVICE}": ",".join(f"nn{number}" for number in range(1, len(ports) + 1)),
        **{
            f"dfs.namenode.rpc-address.{SERVICE}.nn{number}": f"localhost:{port}"
            for number, port in enumerate(ports, 1)
        },
        "dfs.ha.namenode.id": name,
        f"dfs.client.failover.proxy.provider.{SERVICE}": provider,
        "dfs.namenode.shared.edits.dir": f"file://{folder}/shared",
        "dfs.ha.fencing.methods": "shell(true)",
        "dfs.ha.tail-edits.period": "1s",
    }


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
