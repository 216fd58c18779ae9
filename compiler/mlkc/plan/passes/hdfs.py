"""HDFS: the artifact store's address and the Hadoop client's configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.stack import HdfsPlan, HostAlias
from mlkc.source.tree import SourceTree

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
    core = {**hdfs.core_site, "fs.defaultFS": hdfs.name_node, **_links(hdfs)}
    site = {**hdfs.hdfs_site, **_derived(hdfs)}
    kerberos = None
    if hdfs.kerberos is not None:
        from mlkc.plan.passes import kerberos as own  # noqa: PLC0415  only where the spec has it

        core |= own.core_site(hdfs.kerberos)
        site |= own.hdfs_site(hdfs.kerberos)
        kerberos = own.resolve_kerberos(hdfs.kerberos)
    return HdfsPlan(
        config_map=f"{name}-hadoop",
        artifact_root=hdfs.name_node + hdfs.path,
        user=hdfs.user,
        nodes=tuple(HostAlias(node.address, tuple(node.hostnames)) for node in hdfs.nodes),
        core_site=_sorted(core),
        hdfs_site=_sorted(site),
        kerberos=kerberos,
    )


def _links(hdfs: Hdfs) -> dict[str, str]:
    """The mount table of `viewfs://NAME`: ViewFs Guide in the documentation of https://hadoop.apache.org (3.4).

    The folders above the links belong to the client, which says whose they are and asks the machine for the user's
    group; a pod's machine does not know the user, and listing `/` would fail (seen with Hadoop 3.4.2).
    """
    if not hdfs.mounts:
        return {}
    table = hdfs.name_node.removeprefix("viewfs://")
    user = re.split("[/@]", hdfs.kerberos.principal)[0] if hdfs.kerberos else hdfs.user
    return {
        **{f"fs.viewfs.mounttable.{table}.link.{path}": folder for path, folder in hdfs.mounts.items()},
        "hadoop.user.group.static.mapping.overrides": f"dr.who=;{user}=hadoop",
    }


def _sorted(properties: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(properties.items()))


def _derived(hdfs: Hdfs) -> dict[str, str]:
    site = {"dfs.client.use.datanode.hostname": str(hdfs.use_datanode_hostname).lower()}
    if hdfs.replication is not None:
        site["dfs.replication"] = str(hdfs.replication)
    services = dict(hdfs.name_services)
    if hdfs.name_nodes:
        services[hdfs.name_node.removeprefix("hdfs://")] = hdfs.name_nodes
    if services:
        site["dfs.nameservices"] = ",".join(services)
    for service, uris in services.items():
        names = {f"nn{number}": uri for number, uri in enumerate(uris, 1)}
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
            InSpec(written(tree, environment, "hdfs", "nameNode" if ":" in service else "nameNodes")),
            f"the name service `{service}` {fault}",
            help="write `nameNode: hdfs://SERVICE` without a port, and the address of every name node as `nameNodes`",
        )
    derived = {
        **_derived(hdfs),
        "dfs.replication": "",
        "fs.defaultFS": "",
        **_of_kerberos(hdfs, "hdfs_site"),
    }
    for section, own, mine in (
        ("coreSite", hdfs.core_site, {"fs.defaultFS": "", **_links(hdfs), **_of_kerberos(hdfs, "core_site")}),
        ("hdfsSite", hdfs.hdfs_site, derived),
    ):
        for name in own:
            if name in mine:
                yield codes.DERIVED_PROPERTY.at(
                    InSpec((*written(tree, environment, "hdfs", section), name), key=True),
                    f"`{name}` follows from other settings of `hdfs`",
                    help="delete it here; `nameNode`, `nameNodes`, `replication` and `useDatanodeHostname` say it",
                )
    if hdfs.mounts or hdfs.name_services or hdfs.name_node.startswith("viewfs://"):
        from mlkc.plan.passes.mounts import check_mounts  # noqa: PLC0415  only where the spec has them

        yield from check_mounts(environment, hdfs, tree)


def _of_kerberos(hdfs: Hdfs, site: str) -> dict[str, str]:
    """The properties that Kerberos decides in one of the two files."""
    if hdfs.kerberos is None:
        return {}
    from mlkc.plan.passes import kerberos  # noqa: PLC0415  only where the spec has it

    return kerberos.core_site(hdfs.kerberos) if site == "core_site" else kerberos.hdfs_site(hdfs.kerberos)
