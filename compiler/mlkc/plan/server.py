"""The plan of MLflow's tracking server, and of the ways to it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.plan.pods import AuthorityPlan, ImageUse, Marks, PodsPlan, ResourcesPlan, Variables
from mlkc.plan.secret import Secret


class AutoscalePlan(Struct, frozen=True):
    """Bounds of the number of pods, and the CPU that they aim at in percent of their request."""

    min: int
    max: int
    cpu: int


class MetricsPlan(Struct, frozen=True):
    """Metrics for Prometheus, and how it finds them."""

    discovery: Literal["annotations", "serviceMonitor"]
    interval: str | None
    labels: tuple[tuple[str, str], ...]


class UpdatePlan(Struct, frozen=True):
    """How new pods take the place of old ones."""

    recreate: bool = False
    max_surge: int | str = 1
    max_unavailable: int | str = 0


class StartupPlan(Struct, frozen=True):
    """Seconds that a new pod may take to answer, and a roll-out until it is called failed."""

    timeout: int = 300
    rollout: int = 1800


class IngressPlan(Struct, frozen=True):
    """Access from outside; `class_name` and `tls_secret` None leave the field out.

    Attributes:
        class_annotation: the class stands in an annotation, since the controller reads no other.
        controllers: those that may answer for it, by their names in the catalogue.
        uploads: annotations that lift their bounds of uploads; empty where no artifact goes through the server.
    """

    host: str
    class_name: str | None
    tls_secret: str | None
    cluster_issuer: str | None = None
    issuer: str | None = None
    class_annotation: bool = False
    controllers: tuple[str, ...] = ()
    uploads: tuple[tuple[str, str], ...] = ()
    marks: Marks | None = None


class GatewayPlan(Struct, frozen=True):
    """A route of a Gateway; None leaves the field out. `timeout` is how long a request may take."""

    host: str
    name: str
    namespace: str | None
    listener: str | None
    tls: bool = True
    timeout: str | None = None
    marks: Marks | None = None


class AuthPlan(Struct, frozen=True):
    """MLflow's own users.

    Attributes:
        admin: the first user, whose password is `password`.
        permission: what each user may do with what nobody gave him a right to.
        key: signs the forms of the UI; all pods and workers have the same.
    """

    admin: str
    permission: str
    password: Secret
    key: Secret


class LoginPlan(Struct, frozen=True):
    """The proxy that asks for a login.

    Attributes:
        object: name of its workload and Service.
        image: reference of its image.
        alive, ready: paths of its probes.
        secret: the client's secret at the issuer.
        cookie: encrypts the sessions; all pods have the same.
        audiences: other clients whose tokens are let in.
        ca: None leaves the certificate to the public authorities.
    """

    object: str
    image: str
    uid: int
    port: int
    alive: str
    ready: str
    issuer: str
    client_id: str
    email_domains: tuple[str, ...]
    secret: Secret
    cookie: Secret
    audiences: tuple[str, ...] = ()
    ca: AuthorityPlan | None = None


class ServerPlan(Struct, frozen=True):
    """MLflow's tracking server.

    Attributes:
        object: name of its workload and service.
        uri_scheme: SQLAlchemy dialect and driver, `mysql+pymysql`.
        allowed_hosts: Host headers that the server answers, `host` and `host:*`.
        cors_origins: origins whose browsers may post.
        uid: numeric user and group of the image.
        autoscale: how many pods, in the place of `replicas`; None for a fixed number.
        max_unavailable: pods that a drain of nodes may take at a time; None for any.
        evict_unready: a drain may take pods that are not ready whatever their number.
        spread: topology keys that the pods are spread over.
        anti_affinity: what two pods share rather not, or never: `nodes`, `zones`.
        grace_period, drain: seconds until a stopping pod is killed, and of those the first in which it still answers.
    """

    object: str
    image: ImageUse
    replicas: int
    workers: int
    port: int
    artifacts: Literal["direct", "proxied"]
    uri_scheme: str
    allowed_hosts: tuple[str, ...]
    cors_origins: tuple[str, ...]
    ingress: IngressPlan | None
    resources: ResourcesPlan
    uploads: str
    uid: int
    grace_period: int
    drain: int
    autoscale: AutoscalePlan | None = None
    gateway: GatewayPlan | None = None
    service_type: Literal["ClusterIP", "NodePort", "LoadBalancer"] = "ClusterIP"
    node_port: int | None = None
    service_marks: Marks | None = None
    max_unavailable: int | str | None = None
    evict_unready: bool = False
    spread: tuple[str, ...] = ()
    anti_affinity: tuple[tuple[str, Literal["soft", "hard"]], ...] = ()
    update: UpdatePlan = UpdatePlan()
    startup: StartupPlan = StartupPlan()
    static_prefix: str | None = None
    metrics: MetricsPlan | None = None
    pods: PodsPlan = PodsPlan()
    env: Variables = ()
    auth: AuthPlan | None = None
    login: LoginPlan | None = None
