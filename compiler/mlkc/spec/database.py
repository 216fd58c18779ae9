"""`database`: the store of MLflow's metadata."""

from typing import Literal

from pydantic import Field

from mlkc.spec.life import Pods
from mlkc.spec.model import SpecModel, section
from mlkc.spec.resources import Resources
from mlkc.spec.types import Bytes, DatabaseName, DatabaseUser, DnsLabel, HostName, ImageReference, Version


class Storage(SpecModel):
    """The volume claim that holds the data."""

    size: Bytes = Field(default="20Gi", description="Size of the claim. It can grow later, never shrink.")
    class_name: HostName | None = Field(
        default=None, alias="class", description="StorageClass; the cluster's default when it is left out."
    )
    claim: DnsLabel | None = Field(
        default=None, description="Name of the claim; `<name>-mysql` when it is left out."
    )


class Database(SpecModel):
    """A MySQL or MariaDB server in the cluster, on one volume."""

    engine: Literal["mysql", "mariadb"] = Field(default="mysql", description="The database server.")
    driver: Literal["pymysql", "mysqlclient"] = Field(
        default="pymysql",
        description="How the server speaks to it: `pymysql` is plain Python, `mysqlclient` is compiled in the image "
        "against MySQL's library.",
    )
    version: Version | None = Field(
        default=None, description="Its version, which is the tag of the official image."
    )
    image: ImageReference | None = Field(
        default=None, description="The image, when it is not the official one."
    )
    name: DatabaseName = Field(default="mlflowdb", description="Name of the database.")
    user: DatabaseUser = Field(
        default="mlflow", description="MLflow's own user in it, without rights outside the database."
    )
    storage: Storage = section("The volume claim that holds the data.")
    resources: Resources = section("CPU and memory of the database server.")
    pods: Pods = section("Where the pod runs.")
