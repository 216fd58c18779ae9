"""`hdfs.kerberos`: how pods prove to HDFS who they are."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.hdfs_types import Principal, Realm
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName, SecretKey
from mlkc.spec.network_types import ServerHost


class Kerberos(SpecModel):
    """A login by a keytab, which Hadoop's client renews by itself."""

    realm: Realm = Field(description="The realm: `EXAMPLE.COM`.")
    kdc: Annotated[list[ServerHost], Field(min_length=1)] = Field(
        description="Hosts of its key distribution centres, at port 88."
    )
    principal: Principal = Field(description="Who writes to HDFS: `mlflow`, or `mlflow@EXAMPLE.COM`.")
    keytab_secret: HostName = Field(description="Secret in the namespace with the principal's keytab.")
    keytab_key: SecretKey = Field(default="krb5.keytab", description="Its key in the Secret.")
    name_node_principal: Principal = Field(
        default="nn/_HOST", description="Who the name nodes are (dfs.namenode.kerberos.principal)."
    )
    rpc_protection: Literal["authentication", "integrity", "privacy"] = Field(
        default="authentication", description="As the name nodes have it (hadoop.rpc.protection)."
    )
    data_protection: Literal["authentication", "integrity", "privacy"] | None = Field(
        default=None,
        description="As the data nodes have it (dfs.data.transfer.protection); left out where they listen at "
        "privileged ports.",
    )
