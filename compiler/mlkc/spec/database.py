"""`database`: the store of MLflow's metadata."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.resources import Resources
from mlkc.spec.types import Bytes, DatabaseName, DatabaseUser, DnsLabel, HostName, ImageReference, Version


class Storage(SpecModel):
    """The volume claim that holds the data."""

    size: Bytes = Field("20Gi", description="Size of the claim. It can grow later, never shrink.")
    class_name: HostName | None = Field(
        None, alias="class", description="StorageClass; the cluster's default when it is left out."
    )
    claim: DnsLabel | None = Field(None, description="Name of the claim; `<name>-mysql` when it is left out.")


class Database(SpecModel):
    """A MySQL or MariaDB server in the cluster, on one volume."""

    engine: Literal["mysql", "mariadb"] = Field("mysql", description="The database server.")
    version: Version | None = Field(None, description="Its version, which is the tag of the official image.")
    image: ImageReference | None = Field(None, description="The image, when it is not the official one.")
    name: DatabaseName = Field("mlflowdb", description="Name of the database.")
    user: DatabaseUser = Field(
        "mlflow", description="MLflow's own user in it, without rights outside the database."
    )
    storage: Storage = Field(Storage(), description="The volume claim that holds the data.")
    resources: Resources = Field(Resources(), description="CPU and memory of the database server.")
