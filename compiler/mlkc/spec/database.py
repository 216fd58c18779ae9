"""`database`: the store of MLflow's metadata."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.authority import Authority
from mlkc.spec.backup import Backup
from mlkc.spec.image_types import ImageReference
from mlkc.spec.life import Pods
from mlkc.spec.model import SpecModel, section
from mlkc.spec.name_types import DnsLabel, HostName
from mlkc.spec.network_types import Port, ServerHost
from mlkc.spec.resources import Resources
from mlkc.spec.server_variables import ServerVariables
from mlkc.spec.types import Bytes, DatabaseName, DatabaseUser, Version


class Storage(SpecModel):
    """The volume claim that holds the data."""

    size: Bytes = Field(default="20Gi", description="Size of the claim. It can grow later, never shrink.")
    class_name: HostName | None = Field(
        default=None, alias="class", description="StorageClass; the cluster's default when it is left out."
    )
    claim: DnsLabel | None = Field(
        default=None,
        description="Name of the claim; when it is left out `<name>-mysql`, `<name>-postgresql` or `<name>-sqlite`.",
    )


class External(SpecModel):
    """A database server that is already there."""

    host: ServerHost = Field(description="Host name or IP address.")
    port: Port | None = Field(default=None, description="Port; the engine's usual one if left out.")
    ca: Authority | None = Field(
        default=None,
        description="Who signs the server's certificate. With it the connection is encrypted and the certificate must "
        "be for `host`; without it neither is sure.",
    )


class Database(SpecModel):
    """A MySQL, MariaDB or PostgreSQL server, in the cluster on one volume or elsewhere, or a file."""

    engine: Literal["mysql", "mariadb", "postgresql", "sqlite"] = Field(
        default="mysql",
        description="The database server; `sqlite` is a file on a volume of the server's one pod, to try things out.",
    )
    driver: Literal["pymysql", "mysqlclient", "psycopg"] | None = Field(
        default=None,
        description="How the server speaks to it. MySQL and MariaDB: `pymysql` is plain Python, `mysqlclient` is "
        "compiled in the image against MySQL's library. PostgreSQL: `psycopg`.",
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
    external: External | None = Field(
        default=None,
        description="The server, where it is not to run in the stack: no object of it is made then.",
    )
    grace_period: Annotated[int, Field(ge=30, le=3600)] = Field(
        default=120, description="Seconds from SIGTERM to SIGKILL, in which the server writes its buffers."
    )
    config: ServerVariables = Field(
        default={},
        description="Variables of the server, such as `max_connections`. A change starts it again.",
    )
    backup: Backup | None = Field(default=None, description="Dumps at fixed times; none if left out.")
    storage: Storage = section("The volume claim that holds the data.")
    resources: Resources = section("CPU and memory of the database server.")
    pods: Pods = section("Where the pod runs.")
