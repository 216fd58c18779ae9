"""`hdfs`: the artifact store."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import AbsolutePath, Address, HdfsUri, HostName, PosixUser, refuse


def _property(text: str) -> str:
    if text.lower().endswith(("password", "secret.key")):
        refuse(
            "plain-text-secret",
            f"the property `{text}` would put a secret into the spec, which is committed",
            "name a credential provider by `hadoop.security.credential.provider.path` instead",
        )
    if re.fullmatch(r"[A-Za-z0-9._-]{1,200}", text):
        return text
    refuse(
        "invalid-pattern",
        "this is not the name of a Hadoop property",
        "write one such as `dfs.client.read.shortcircuit`",
    )


def _property_value(text: str) -> str:
    if text.isprintable() and len(text) <= 2000:
        return text
    refuse("invalid-pattern", "this value is not one line of plain text", "leave control characters out")


Properties = dict[Annotated[str, AfterValidator(_property)], Annotated[str, AfterValidator(_property_value)]]


class Node(SpecModel):
    """A machine of the HDFS cluster whose names no DNS server knows: pods get them as host aliases."""

    address: Address = Field(description="IP address.")
    hostnames: Annotated[list[HostName], Field(min_length=1)] = Field(
        description="Its names, as HDFS reports them."
    )


class Hdfs(SpecModel):
    """An HDFS cluster that is already there."""

    name_node: HdfsUri = Field(description="Address of the name node: `hdfs://HOST:8020`.")
    name_nodes: list[HdfsUri] = Field(
        default=[],
        description="The name nodes of a name service, two or more: clients fail over between them, and `nameNode` is "
        "`hdfs://SERVICE`.",
    )
    path: AbsolutePath = Field(default="/mlflow/mlruns", description="Folder of the artifacts.")
    user: PosixUser = Field(default="hdfs", description="HADOOP_USER_NAME: who writes there.")
    nodes: list[Node] = Field(default=[], description="Machines to add to the pods' /etc/hosts.")
    replication: Annotated[int, Field(ge=1, le=512)] | None = Field(
        default=None, description="Copies of each block (dfs.replication); the cluster's default if left out."
    )
    use_datanode_hostname: bool = Field(
        default=True,
        description="Reach data nodes by name (dfs.client.use.datanode.hostname), as from outside their network.",
    )
    core_site: Properties = Field(default={}, description="More properties of core-site.xml.")
    hdfs_site: Properties = Field(default={}, description="More properties of hdfs-site.xml.")
