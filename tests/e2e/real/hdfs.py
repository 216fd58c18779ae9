"""A name node and a data node as a Hadoop administrator would run them, on a machine with the address of the spec."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from . import images
from .container import Pod, Running, run_container
from .network import Network
from .rendered import Rendered
from .stack import answers

_NAME_NODE: Final = "org.apache.hadoop.hdfs.server.namenode.NameNode"
_DATA_NODE: Final = "org.apache.hadoop.hdfs.server.datanode.DataNode"
_SETTINGS: Final = {
    "dfs.namenode.name.dir": "/data/name",
    "dfs.datanode.data.dir": "/data/blocks",
    "dfs.replication": "1",
    # No name belongs to the machine's address but what its own hosts file says.
    "dfs.namenode.datanode.registration.ip-hostname-check": "false",
}


@contextmanager
def hdfs(rendered: Rendered, network: Network, folder: Path) -> Iterator[list[Running]]:
    """Run HDFS where the rendered configuration and host aliases say it is.

    Args:
        rendered: Names the file system in core-site.xml, and the node in the server's host aliases.
        network: Gets a machine with the node's address.
        folder: An empty folder.

    Yields:
        The name node and the data node.
    """
    (alias,) = rendered.pod("server")["hostAliases"]
    (hostname,) = alias["hostnames"]
    host = network.machine(alias["ip"])
    volume = next(v for v in rendered.pod("server")["volumes"] if v["name"] == "hadoop-conf")
    conf = folder / "conf"
    conf.mkdir(parents=True)
    (conf / "core-site.xml").write_bytes(rendered.files(volume)["core-site.xml"])
    (conf / "hdfs-site.xml").write_text(_site({**_SETTINGS, "dfs.datanode.hostname": hostname}), "utf-8")
    (folder / "data").mkdir(mode=0o777)
    (folder / "data").chmod(0o777)
    pod = Pod(rendered, {"containers": []}, host, {hostname: alias["ip"]}, folder)
    image = images.machine(conf, folder / "data")
    with ExitStack() as stack:

        def run(name: str, *arguments: str) -> Running:
            java = ["java", "-Xmx256m", "-cp", "/conf:/opt/cluster/*", *arguments]
            return stack.enter_context(run_container(pod, image, {"name": name, "command": java}))

        done = run("format", _NAME_NODE, "-format", "-nonInteractive")
        assert done.wait(120) == 0, done.log()
        name_node = run("name-node", _NAME_NODE)
        name_node.server.wait_until(lambda: answers(network, host.address, 8020))
        data_node = run("data-node", _DATA_NODE)
        data_node.server.wait_until(lambda: answers(network, host.address, 9866))
        yield [name_node, data_node]


def _site(settings: dict[str, str]) -> str:
    properties = "".join(
        f"<property><name>{name}</name><value>{escape(value)}</value></property>\n"
        for name, value in settings.items()
    )
    return f"<configuration>\n{properties}</configuration>\n"
