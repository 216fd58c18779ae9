"""The root of the spec."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mlkc.spec.accept import Acceptance
from mlkc.spec.account import ServiceAccount
from mlkc.spec.annotate import BeforeValidator
from mlkc.spec.database import Database
from mlkc.spec.delivery import Delivery
from mlkc.spec.hdfs import Hdfs
from mlkc.spec.images import Images
from mlkc.spec.metadata_types import plain_name
from mlkc.spec.mirrors import Mirrors
from mlkc.spec.mirrors_types import one_mirror_for_all
from mlkc.spec.model import SpecModel, section
from mlkc.spec.name_types import DnsLabel, Namespace, StackName
from mlkc.spec.network import NetworkPolicies
from mlkc.spec.patches import Patch
from mlkc.spec.quota import Limits, Quota
from mlkc.spec.secrets import Secrets
from mlkc.spec.server import Client, Server
from mlkc.spec.take_over import TakeOver
from mlkc.spec.types import KubernetesVersion, Version


class Kubernetes(SpecModel):
    """The cluster's version."""

    version: KubernetesVersion | None = Field(
        default=None, description='Minor version to validate against: `"1.36"`.'
    )


class MLflow(SpecModel):
    """The version that server and client share."""

    version: Version | None = Field(default=None, description="MLflow's version.")
    source: Literal["index", "folder"] = Field(
        default="index",
        description="The server's MLflow: from the package `index`, or its UI and its wheel built from the source tree "
        "`mlflow` that is put into the build `folder`.",
    )


class Settings(SpecModel):
    """All that an environment may say, and with it the whole stack."""

    namespace: Namespace | None = Field(default=None, description="Namespace; the stack's name if left out.")
    kubernetes: Kubernetes = section("The cluster's version.")
    mlflow: MLflow = section("The version that server and client share.")
    database: Database = section("The store of MLflow's metadata.")
    server: Server = section("MLflow's tracking server.")
    client: Client = section("A JupyterLab with Spark that logs to it.")
    hdfs: Hdfs = Field(description="The artifact store.")
    service_account: Annotated[ServiceAccount, BeforeValidator(plain_name)] | None = Field(
        default=None,
        description="ServiceAccount of the stack's own, which has no token; the namespace's `default` if left out. A "
        "name, or a mapping.",
    )
    network_policies: NetworkPolicies | None = Field(
        default=None, description="Who may connect to whom; everybody if left out."
    )
    quota: Quota | None = Field(default=None, description="What the namespace may use; no bound if left out.")
    limits: Limits | None = Field(
        default=None, description="What each container in the namespace may ask for; no bound if left out."
    )
    secrets: Secrets = section("Where the passwords come from.")
    mirrors: Annotated[Mirrors, BeforeValidator(one_mirror_for_all)] = section(
        "Where packages come from: one preset for all kinds, or one for each."
    )
    images: Images = section("How the images are built and what they are called.")
    take_over: TakeOver | None = Field(
        default=None, description="A running installation to take over: what must stay as it is."
    )
    delivery: Delivery | None = Field(
        default=None, description="Files for Docker, Argo CD and Flux; none if left out."
    )
    patches: list[Patch] = Field(default=[], description="Kustomize patches for what the spec doesn't know.")


class Stack(Settings):
    """An MLflow server and client on Kubernetes, with their database, artifact store and images.

    `environments` is read as plain mappings: each is laid over the rest and the whole is validated again.
    """

    api_version: Literal["mlkc.dev/v1alpha1"] = Field(description="Version of this format.")
    kind: Literal["MLflowStack"] = Field(description="Always MLflowStack.")
    name: StackName = Field(
        default="mlflow", description="Name of the stack; the names of its objects start with it."
    )
    accept: list[Acceptance] = Field(default=[], description="Warnings that may stay, each with the reason.")
    environments: dict[DnsLabel, dict[str, Any] | None] = Field(
        description="An overlay for each; a mapping with any setting of the spec that differs there.",
        min_length=1,
    )
