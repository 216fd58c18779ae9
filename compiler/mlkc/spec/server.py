"""`server` and `client`: MLflow's tracking server, and the notebook that logs to it."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.life import AntiAffinity, Autoscale, Pods
from mlkc.spec.login import LoginProxy
from mlkc.spec.metadata_types import Annotations, Labels
from mlkc.spec.model import SpecModel, section
from mlkc.spec.name_types import DnsLabel, DnsName, HostName, LabelKey, LabelValue
from mlkc.spec.network_types import ListenPort
from mlkc.spec.resources import Resources
from mlkc.spec.server_types import Duration, PodsOrNone, SomePods
from mlkc.spec.spark import Gpu, Spark
from mlkc.spec.types import AbsolutePath, Bytes, Replicas
from mlkc.spec.variables import Variables


class Ingress(SpecModel):
    """How the server's UI and API are reached from outside the cluster."""

    host: DnsName = Field(description="Host name; the server's allowed hosts and CORS origins follow it.")
    class_name: DnsLabel | None = Field(
        default=None, alias="class", description="IngressClass; the cluster's default if left out."
    )
    controller: (
        Literal[
            "ingress-nginx",
            "nginx.org",
            "traefik",
            "haproxy.org",
            "haproxy-ingress",
            "contour",
            "alb",
            "gce",
        ]
        | None
    ) = Field(
        default=None,
        description="The program behind the class, whose bounds of large and long uploads are lifted where artifacts "
        "go through the server; the ones that are installed with a class of that name if left out. `nginx.org` is "
        "F5's NGINX controller, `haproxy.org` that of HAProxy Technologies.",
    )
    tls_secret: HostName | None = Field(
        default=None, description="Secret with the certificate; without it the host is served by http."
    )
    cluster_issuer: HostName | None = Field(
        default=None,
        description="cert-manager's ClusterIssuer that fills the Secret, which is `<name>-tls` unless it is named.",
    )
    issuer: HostName | None = Field(
        default=None, description="cert-manager's Issuer in the namespace, in the place of a ClusterIssuer."
    )
    annotations: Annotations = Field(
        default={}, description="More annotations of the Ingress, as its controller reads them."
    )
    labels: Labels = Field(default={}, description="More labels of the Ingress.")


class Gateway(SpecModel):
    """The server behind a Gateway that is there, by an HTTPRoute of the Gateway API."""

    host: DnsName = Field(description="Host name; the server's allowed hosts and CORS origins follow it.")
    name: HostName = Field(description="The Gateway.")
    namespace: DnsLabel | None = Field(default=None, description="Its namespace; the stack's if left out.")
    listener: HostName | None = Field(
        default=None, description="Its listener; all that take the host if left out."
    )
    tls: bool = Field(default=True, description="Whether the listener speaks https to browsers.")
    annotations: Annotations = Field(default={}, description="Annotations of the HTTPRoute.")
    labels: Labels = Field(default={}, description="More labels of the HTTPRoute.")


class ServiceAccess(SpecModel):
    """How the server's Service is reached."""

    type: Literal["ClusterIP", "NodePort", "LoadBalancer"] = Field(
        default="ClusterIP",
        description="What it opens: the cluster, a port of each node, or an outer address.",
    )
    node_port: Annotated[int, Field(ge=30000, le=32767)] | None = Field(
        default=None, description="The port of each node that a NodePort opens."
    )
    hosts: list[HostName] = Field(
        default=[], description="Names or addresses it is also reached by; the server answers no others."
    )
    annotations: Annotations = Field(
        default={}, description="Annotations of the Service, such as a cloud's for an inner load balancer."
    )
    labels: Labels = Field(default={}, description="More labels of the Service.")


class Metrics(SpecModel):
    """Metrics for Prometheus, at /metrics on the server's port; `{}` turns them on."""

    discovery: Literal["annotations", "serviceMonitor"] = Field(
        default="annotations",
        description="How Prometheus finds the pods: by their `annotations` prometheus.io/scrape, or by a "
        "`serviceMonitor` of the Prometheus operator.",
    )
    interval: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}(s|m)$")] | None = Field(
        default=None,
        description="How often the operator's Prometheus asks: `30s`; its own choice if left out.",
    )
    labels: dict[LabelKey, LabelValue] = Field(
        default={}, description="Labels by which the operator's Prometheus selects the ServiceMonitor."
    )


class Update(SpecModel):
    """How new pods take the place of old ones."""

    recreate: bool = Field(
        default=False,
        description="All old pods end before the first new one starts: the server is away meanwhile.",
    )
    max_surge: PodsOrNone = Field(
        default=1,
        description="Pods that may run beyond the number wanted: a number, or a share such as `25%`, which is rounded "
        "up.",
    )
    max_unavailable: PodsOrNone = Field(
        default=0,
        description="Pods that may be missing: a number, or a share, which is rounded down. Where both come to none, "
        "one may be missing.",
    )


class Startup(SpecModel):
    """How long a new pod may take."""

    timeout: Duration = Field(
        default="5m",
        description="From its start until the server answers, on a schema that is there; then it is started again.",
    )
    rollout: Duration = Field(
        default="30m",
        description="Until a roll-out without a new ready pod is called failed. The upgrade of the schema, which may "
        "take as long as it takes and is never cut, is a part of it.",
    )


class Auth(SpecModel):
    """MLflow's own users with passwords: its app `basic-auth`."""

    type: Literal["basic"] = Field(description="`basic`: users with passwords, in PostgreSQL or SQLite.")
    admin: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$")] = Field(
        default="admin", description="The user that the first start makes; its password is in the Secret."
    )
    permission: Literal["READ", "EDIT", "MANAGE", "NO_PERMISSIONS"] = Field(
        default="READ", description="What each user may do with what nobody gave him a right to."
    )


class Server(SpecModel):
    """`mlflow server`."""

    replicas: Replicas = Field(default=1, description="Pods; the database allows several.")
    autoscale: Autoscale | None = Field(
        default=None, description="As many pods as the load asks for, in the place of `replicas`."
    )
    max_unavailable: SomePods | None = Field(
        default=None,
        description="Pods that the draining of nodes may take at a time: a number, or a share such as `25%`, which is "
        "rounded up; any if left out.",
    )
    spread: list[Literal["nodes", "zones"]] = Field(
        default=[], description="Over what the pods are spread as evenly as there is room."
    )
    anti_affinity: AntiAffinity | None = Field(
        default=None, description="Whether two of its pods may share a node or a zone."
    )
    update: Update | None = Field(
        default=None,
        description="How new pods take the place of old ones; one at a time, none missing, if left out.",
    )
    startup: Startup | None = Field(
        default=None, description="How long a new pod may take, a large first migration included."
    )
    grace_period: Annotated[int, Field(ge=1, le=3600)] = Field(
        default=120, description="Seconds that requests in flight have to end when a pod stops."
    )
    drain: Annotated[int, Field(ge=0, le=600)] = Field(
        default=0,
        description="Seconds of them in which a stopping pod still answers, while load balancers learn that it stops.",
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=2, description="Processes in a pod, about 240 MiB each."
    )
    port: ListenPort = Field(default=5000, description="Port of the server and of its Service.")
    artifacts: Literal["direct", "proxied"] = Field(
        default="direct",
        description="`direct`: clients write to HDFS themselves. `proxied`: they send artifacts through the server.",
    )
    ingress: Ingress | None = Field(default=None, description="Access from outside the cluster.")
    gateway: Gateway | None = Field(default=None, description="Access from outside by the Gateway API.")
    service: ServiceAccess = section("How the server's Service is reached.")
    static_prefix: AbsolutePath | None = Field(
        default=None,
        description="Path that the UI and the API stand below, such as `/mlflow`; ingress, probes and the client "
        "follow.",
    )
    metrics: Metrics | None = Field(default=None, description="Metrics for Prometheus; none if left out.")
    auth: Auth | None = Field(
        default=None,
        description="Who may use the server; everybody who reaches it if left out.",
    )
    login_proxy: LoginProxy | None = Field(
        default=None, description="A proxy that asks for a login whoever comes from outside the cluster."
    )
    resources: Resources = section("CPU and memory of a pod.")
    pods: Pods = section("Where the pods run.")
    env: Variables = Field(
        default={},
        description="More variables of the server: a text for each name, or `{secret: NAME, key: KEY}` or "
        "`{configMap: NAME, key: KEY}` of what is in the namespace.",
    )
    uploads: Bytes = Field(default="4Gi", description="Room under /tmp for uploads in flight.")


class Home(SpecModel):
    """The volume claim of the notebook's home folder."""

    size: Bytes = Field(default="10Gi", description="Size of the claim. It can grow later, never shrink.")
    class_name: HostName | None = Field(
        default=None, alias="class", description="StorageClass; the cluster's default when it is left out."
    )
    claim: DnsLabel | None = Field(
        default=None, description="Name of the claim; `<name>-home` when it is left out."
    )


class Client(SpecModel):
    """A JupyterLab with Spark whose MLflow client logs to the server."""

    enabled: bool = Field(default=True, description="Whether there is a client at all.")
    replicas: Annotated[int, Field(ge=0, le=1)] = Field(default=1, description="0 stops it.")
    port: ListenPort = Field(default=8888, description="Port of JupyterLab and of its Service.")
    resources: Resources = section("CPU and memory of the pod.")
    pods: Pods = section("Where the pod runs.")
    env: Variables = Field(
        default={},
        description="More variables of the client: a text for each name, or `{secret: NAME, key: KEY}` or "
        "`{configMap: NAME, key: KEY}` of what is in the namespace.",
    )
    workspace: Bytes = Field(
        default="10Gi",
        description="Room for notebooks and scratch files; it does not outlive the pod. `storage` takes its place.",
    )
    storage: Home | None = Field(
        default=None, description="A volume on which the home folder outlives the pod; none if left out."
    )
    spark: Spark | None = Field(
        default=None, description="Spark on pods of this cluster; in the notebook's own pod if left out."
    )
    gpu: Gpu | None = Field(default=None, description="GPUs of the notebook; none if left out.")
