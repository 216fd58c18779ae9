"""`server` and `client`: MLflow's tracking server, and the notebook that logs to it."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel, section
from mlkc.spec.resources import Resources
from mlkc.spec.types import Bytes, DnsLabel, HostName, ListenPort, Replicas


class Ingress(SpecModel):
    """How the server's UI and API are reached from outside the cluster."""

    host: HostName = Field(description="Host name; the server's allowed hosts and CORS origins follow it.")
    class_name: DnsLabel | None = Field(
        default=None, alias="class", description="IngressClass; the cluster's default if left out."
    )
    tls_secret: HostName | None = Field(
        default=None, description="Secret with the certificate; without it the host is served by http."
    )


class Server(SpecModel):
    """`mlflow server`."""

    replicas: Replicas = Field(default=1, description="Pods; the database allows several.")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=2, description="Processes in a pod, about 240 MiB each."
    )
    port: ListenPort = Field(default=5000, description="Port of the server and of its Service.")
    artifacts: Literal["direct", "proxied"] = Field(
        default="direct",
        description="`direct`: clients write to HDFS themselves. `proxied`: they send artifacts through the server.",
    )
    ingress: Ingress | None = Field(default=None, description="Access from outside the cluster.")
    resources: Resources = section("CPU and memory of a pod.")
    uploads: Bytes = Field(default="4Gi", description="Room under /tmp for uploads in flight.")


class Client(SpecModel):
    """A JupyterLab with Spark whose MLflow client logs to the server."""

    enabled: bool = Field(default=True, description="Whether there is a client at all.")
    replicas: Annotated[int, Field(ge=0, le=1)] = Field(default=1, description="0 stops it.")
    port: ListenPort = Field(default=8888, description="Port of JupyterLab and of its Service.")
    resources: Resources = section("CPU and memory of the pod.")
    workspace: Bytes = Field(
        default="10Gi", description="Room for notebooks and scratch files; it does not outlive the pod."
    )
