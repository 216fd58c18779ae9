"""HDFS: the artifact store's address and the Hadoop client's configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.stack import HdfsPlan, HostAlias
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.hdfs import Hdfs

# Names and meaning of the properties of a name service: HDFSHighAvailabilityWithQJM in the documentation of
# https://hadoop.apache.org (3.4, section Configuration details).
_FAILOVER = "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider"
_RPC_PORT = "8020"


def resolve_hdfs(hdfs: Hdfs, name: str) -> HdfsPlan:
    """Computes the client's configuration from what the spec says of the cluster.

    Args:
        hdfs: the section.
        name: name of the stack.
    """
    return HdfsPlan(
        config_map=f"{name}-hadoop",
        artifact_root=hdfs.name_node + hdfs.path,
        user=hdfs.user,
        nodes=tuple(HostAlias(node.address, tuple(node.hostnames)) for node in hdfs.nodes),
        core_site=_sorted({**hdfs.core_site, "fs.defaultFS": hdfs.name_node}),
        hdfs_site=_sorted({**hdfs.hdfs_site, **_derived(hdfs)}),
    )


def _sorted(properties: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(properties.items()))


def _derived(hdfs: Hdfs) -> dict[str, str]:
    site = {"dfs.client.use.datanode.hostname": str(hdfs.use_datanode_hostname).lower()}
    if hdfs.replication is not None:
        site["dfs.replication"] = str(hdfs.replication)
    if hdfs.name_nodes:
        service = hdfs.name_node.removeprefix("hdfs://")
        names = {f"nn{number}": uri for number, uri in enumerate(hdfs.name_nodes, 1)}
        site["dfs.nameservices"] = service
        site[f"dfs.ha.namenodes.{service}"] = ",".join(names)
        site[f"dfs.client.failover.proxy.provider.{service}"] = _FAILOVER
        for label, uri in names.items():
            site[f"dfs.namenode.rpc-address.{service}.{label}"] = _address(uri)
    return site


def _address(uri: str) -> str:
    host = uri.removeprefix("hdfs://")
    return host if ":" in host.rpartition("]")[2] else f"{host}:{_RPC_PORT}"


def check_hdfs(environment: str, hdfs: Hdfs, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a name service that no client can use, and properties that have a setting of their own."""
    service = hdfs.name_node.removeprefix("hdfs://")
    if hdfs.name_nodes and (":" in service or len(hdfs.name_nodes) < 2):
        fault = (
            "has a port, as one name node has"
            if ":" in service
            else "has one name node, so there is nothing to fail over to"
        )
        yield codes.BROKEN_NAME_SERVICE.at(
            InSpec(_written(tree, environment, "nameNode" if ":" in service else "nameNodes")),
            f"the name service `{service}` {fault}",
            help="write `nameNode: hdfs://SERVICE` without a port, and the address of every name node as `nameNodes`",
        )
    derived = {**_derived(hdfs), "dfs.replication": ""}
    for section, own, mine in (
        ("coreSite", hdfs.core_site, {"fs.defaultFS": ""}),
        ("hdfsSite", hdfs.hdfs_site, derived),
    ):
        for name in own:
            if name in mine:
                yield codes.DERIVED_PROPERTY.at(
                    InSpec((*_written(tree, environment, section), name), key=True),
                    f"`{name}` follows from other settings of `hdfs`",
                    help="delete it here; `nameNode`, `nameNodes`, `replication` and `useDatanodeHostname` say it",
                )


def _written(tree: SourceTree, environment: str, setting: str) -> SpecPath:
    own = ("environments", environment, "hdfs", setting)
    return own if tree.has(own) else ("hdfs", setting)
