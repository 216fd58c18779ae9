"""`hdfs`: the artifact store."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.hdfs_types import FileSystemUri, HdfsFolder, Properties
from mlkc.spec.kerberos import Kerberos
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import DnsLabel, DnsName
from mlkc.spec.network_types import Address, HdfsUri
from mlkc.spec.types import AbsolutePath, PosixUser


class Node(SpecModel):
    """A machine of the HDFS cluster whose names no DNS server knows: pods get them as host aliases."""

    address: Address = Field(description="IP address.")
    hostnames: Annotated[list[DnsName], Field(min_length=1)] = Field(
        description="Its names, as HDFS reports them."
    )


class Hdfs(SpecModel):
    """An HDFS cluster that is already there."""

    name_node: FileSystemUri = Field(
        description="Address of the name node: `hdfs://HOST:8020`; or `viewfs://NAME`, whose folders are `mounts`."
    )
    name_nodes: list[HdfsUri] = Field(
        default=[],
        description="The name nodes of a name service, two or more: clients fail over between them, and `nameNode` is "
        "`hdfs://SERVICE`.",
    )
    name_services: dict[DnsLabel, Annotated[list[HdfsUri], Field(min_length=2)]] = Field(
        default={}, description="The name nodes of each name service that `mounts` refers to."
    )
    mounts: dict[AbsolutePath, HdfsFolder] = Field(
        default={}, description="Folders of `viewfs://NAME`, each with the folder of HDFS that stands there."
    )
    kerberos: Kerberos | None = Field(
        default=None, description="How pods prove who they are; by the user's name alone if left out."
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
