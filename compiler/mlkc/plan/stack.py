"""The plan of one stack: what is deployed in one environment, with nothing left to decide.

Fields keep the spec's names where they are copies of a setting, so that a plan path is found in the spec by itself;
what is computed has a `Derivation`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.plan.backup import BackupPlan
from mlkc.plan.delivery import DeliveryPlan
from mlkc.plan.edges import NetworkPlan
from mlkc.plan.kerberos import KerberosPlan
from mlkc.plan.quota import LimitsPlan, QuotaPlan
from mlkc.plan.secret import Secret, SecretFile, SecretOrigin
from mlkc.plan.spark import GpuPlan, SparkPlan


class ImageUse(Struct, frozen=True):
    """The image of a container.

    Attributes:
        name: the name that the base writes and that an overlay's `images` entry matches.
        repository: where it is pulled from in this environment.
        tag: its tag; None for a digest, or for the hash of the build folder.
        digest: `sha256:…`, or None.
        build: the image of ours that it is, `server` or `client`; None for somebody else's.
    """

    name: str
    repository: str
    tag: str | None
    digest: str | None
    build: Literal["server", "client"] | None = None


class ConfigKey(Struct, frozen=True):
    """A key of a ConfigMap that is in the cluster."""

    name: str
    key: str


# Name and value of each variable that the spec adds to a container.
Variables = tuple[tuple[str, str | Secret | ConfigKey], ...]


class ResourcesPlan(Struct, frozen=True):
    """Quantities as Kubernetes writes them; None leaves the field out."""

    cpu_request: str | None
    memory_request: str | None
    cpu_limit: str | None
    memory_limit: str | None


class TolerationPlan(Struct, frozen=True):
    """A taint that pods tolerate; None is any."""

    key: str | None
    value: str | None
    effect: str | None


LabelValues = tuple[tuple[str, tuple[str, ...]], ...]


class NodeAffinityPlan(Struct, frozen=True):
    """Labels of nodes with the values that fit."""

    required: LabelValues
    preferred: LabelValues


class PodsPlan(Struct, frozen=True):
    """Where a workload's pods run; empty and None leave the field out."""

    node_selector: tuple[tuple[str, str], ...] = ()
    tolerations: tuple[TolerationPlan, ...] = ()
    priority_class: str | None = None
    node_affinity: NodeAffinityPlan | None = None


class AutoscalePlan(Struct, frozen=True):
    """Bounds of the number of pods, and the CPU that they aim at in percent of their request."""

    min: int
    max: int
    cpu: int


class StoragePlan(Struct, frozen=True):
    """The database's volume claim; `class_name` None is the cluster's default class."""

    claim: str
    size: str
    class_name: str | None


class DatabaseServerPlan(Struct, frozen=True):
    """The workload of a database server in the cluster.

    Attributes:
        object: name of its workload and service.
        workload: kind of its workload.
        engine: which server it is.
        uid: numeric user and group of the image.
        mount: where the volume is mounted, `run_dir` the folder of the socket.
        data_dir: folder of the data, a sub folder of `mount`, because a volume's root may hold lost+found.
        args: arguments of the server program.
        probe: command, in `sh -c`, that succeeds when MLflow's user can query; the password is in a variable.
        environment: variables of the image that name the database and the user, in order.
        grace_period: seconds from SIGTERM to SIGKILL.
        config: variables of the server, in the order of their names; `config_file` is what the image reads them
            from; empty where they are arguments.
        init: name of the ConfigMap whose script makes MLflow's user; None where the image makes it.
    """

    object: str
    workload: Literal["Deployment", "StatefulSet"]
    engine: str
    version: str
    image: ImageUse
    uid: int
    mount: str
    run_dir: str
    data_dir: str
    args: tuple[str, ...]
    probe: str
    environment: tuple[tuple[str, str | Secret], ...]
    storage: StoragePlan
    resources: ResourcesPlan
    pods: PodsPlan
    grace_period: int
    config: tuple[tuple[str, str], ...] = ()
    config_file: str = ""
    init: str | None = None


class AuthorityPlan(Struct, frozen=True):
    """A key of a Secret that is in the cluster: the certificates that the database's own is checked by."""

    secret: str
    key: str


class DatabasePlan(Struct, frozen=True):
    """The store of MLflow's metadata: how it is reached, and the server if it is one of the stack's.

    Attributes:
        host: where it is reached; the Service of a server in the cluster.
        port: TCP port of the server, and of the Service.
        name: the database, `user` MLflow's user in it.
        server: its workload; None for a server that is not the stack's.
        ca: None leaves encryption to the driver.
        root_password: that of the server's administrator; None for a server that is not the stack's.
        backup: None makes none.
        password: None for a file, which has neither host nor user.
        file: where the server's pod has it, on the volume `volume`; None for a server.
    """

    engine: str
    host: str
    port: int
    name: str
    user: str
    password: Secret | None
    server: DatabaseServerPlan | None
    ca: AuthorityPlan | None = None
    root_password: Secret | None = None
    backup: BackupPlan | None = None
    file: str | None = None
    volume: StoragePlan | None = None


class MetricsPlan(Struct, frozen=True):
    """Metrics for Prometheus, and how it finds them."""

    discovery: Literal["annotations", "serviceMonitor"]
    interval: str | None
    labels: tuple[tuple[str, str], ...]


class UpdatePlan(Struct, frozen=True):
    """How new pods take the place of old ones."""

    recreate: bool = False
    max_surge: int = 1
    max_unavailable: int = 0


class IngressPlan(Struct, frozen=True):
    """Access from outside; `class_name` and `tls_secret` None leave the field out."""

    host: str
    class_name: str | None
    tls_secret: str | None
    cluster_issuer: str | None = None
    issuer: str | None = None


class GatewayPlan(Struct, frozen=True):
    """A route of a Gateway; None leaves the field out."""

    host: str
    name: str
    namespace: str | None
    listener: str | None
    tls: bool = True


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
    max_unavailable: int | None = None
    evict_unready: bool = False
    spread: tuple[str, ...] = ()
    anti_affinity: tuple[tuple[str, Literal["soft", "hard"]], ...] = ()
    update: UpdatePlan = UpdatePlan()
    static_prefix: str | None = None
    metrics: MetricsPlan | None = None
    pods: PodsPlan = PodsPlan()
    env: Variables = ()
    auth: AuthPlan | None = None
    login: LoginPlan | None = None


class ClientPlan(Struct, frozen=True):
    """JupyterLab with Spark and MLflow's client; `tracking_uri` is where it logs to."""

    object: str
    image: ImageUse
    replicas: int
    port: int
    tracking_uri: str
    token: Secret
    resources: ResourcesPlan
    workspace: str
    uid: int
    pods: PodsPlan = PodsPlan()
    env: Variables = ()
    spark: SparkPlan | None = None
    gpu: GpuPlan | None = None


class HostAlias(Struct, frozen=True):
    """A line of /etc/hosts."""

    address: str
    hostnames: tuple[str, ...]


class HdfsPlan(Struct, frozen=True):
    """The artifact store as the pods see it.

    Attributes:
        config_map: name of the generated ConfigMap with the Hadoop configuration.
        artifact_root: URI of the artifacts' folder.
        core_site, hdfs_site: properties in the order of their names.
    """

    config_map: str
    artifact_root: str
    user: str
    nodes: tuple[HostAlias, ...]
    core_site: tuple[tuple[str, str], ...]
    hdfs_site: tuple[tuple[str, str], ...]
    kerberos: KerberosPlan | None = None


# The init container of the server's pod.
UPGRADE_CONTAINER = "upgrade-database"


class Kept(Struct, frozen=True):
    """What a running workload keeps; `name` and `container` None are the stack's own.

    Attributes:
        component: `database`, `server` or `client`.
        selector: labels of its immutable selector, which its pods go on carrying.
    """

    component: str
    name: str | None
    container: str | None
    selector: tuple[tuple[str, str], ...]


class StackPlan(Struct, frozen=True):
    """One environment's stack, or the base that all of them share.

    Attributes:
        secrets: the Secrets that the overlay makes or needs.
        secret_origin: where they come from.
        kept_secret: a Secret that is in the cluster and stays as it is.
        network: who may connect to whom; None lets everybody.
        kept: the workloads that run already.
        delivery: files for Docker, Argo CD and Flux.
        quota, limits: what the namespace and each container in it may use; None for no bound.
    """

    name: str
    namespace: str
    kubernetes: str
    mlflow: str
    database: DatabasePlan
    server: ServerPlan
    client: ClientPlan | None
    hdfs: HdfsPlan
    secrets: tuple[SecretFile, ...]
    secret_origin: SecretOrigin
    network: NetworkPlan | None = None
    kept_secret: str | None = None
    kept: tuple[Kept, ...] = ()
    pull_secrets: tuple[str, ...] = ()
    service_account: str | None = None
    delivery: DeliveryPlan | None = None
    quota: QuotaPlan | None = None
    limits: LimitsPlan | None = None
