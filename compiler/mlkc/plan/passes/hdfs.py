"""HDFS: the artifact store's address and the Hadoop client's configuration."""

from __future__ import annotations

from mlkc.plan.stack import HdfsPlan, HostAlias
from mlkc.spec.hdfs import Hdfs


def resolve_hdfs(hdfs: Hdfs, name: str) -> HdfsPlan:
    """Computes the client's configuration from what the spec says of the cluster.

    Args:
        hdfs: the section.
        name: name of the stack.
    """
    site = {"dfs.client.use.datanode.hostname": str(hdfs.use_datanode_hostname).lower()}
    if hdfs.replication is not None:
        site["dfs.replication"] = str(hdfs.replication)
    return HdfsPlan(
        config_map=f"{name}-hadoop",
        artifact_root=hdfs.name_node + hdfs.path,
        user=hdfs.user,
        nodes=tuple(HostAlias(node.address, tuple(node.hostnames)) for node in hdfs.nodes),
        core_site=(("fs.defaultFS", hdfs.name_node),),
        hdfs_site=tuple(sorted(site.items())),
    )
