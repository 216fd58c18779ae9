"""The plan of one stack: what is deployed in one environment, with nothing left to decide.

Fields keep the spec's names where they are copies of a setting, so that a plan path is found in the spec by itself;
what is computed has a `Derivation`.
"""

from __future__ import annotations

from msgspec import Struct

from mlkc.plan.database import DatabasePlan
from mlkc.plan.delivery import DeliveryPlan
from mlkc.plan.edges import NetworkPlan
from mlkc.plan.kerberos import KerberosPlan
from mlkc.plan.pods import ImageUse, Marks, PodsPlan, ResourcesPlan, StoragePlan, Variables
from mlkc.plan.quota import LimitsPlan, QuotaPlan
from mlkc.plan.secret import Secret, SecretFile, SecretOrigin
from mlkc.plan.server import ServerPlan
from mlkc.plan.spark import GpuPlan, SparkPlan


class ClientPlan(Struct, frozen=True):
    """JupyterLab with Spark and MLflow's client.

    Attributes:
        tracking_uri: where it logs to.
        workspace: room of a home folder that goes with the pod.
        home: the claim of one that stays, instead.
    """

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
    home: StoragePlan | None = None


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
    account_marks: Marks | None = None
    delivery: DeliveryPlan | None = None
    quota: QuotaPlan | None = None
    limits: LimitsPlan | None = None
