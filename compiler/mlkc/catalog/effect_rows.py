"""The rows of the table of effects, each with its source; `mlkc.catalog.effects` says how they are read."""

from __future__ import annotations

from typing import Final

from mlkc.catalog.effects import Effect, EffectRow, When
from mlkc.catalog.source import Source

_DATE: Final = "2026-11"
_K8S: Final = "https://kubernetes.io/docs/"
_CLAIM: Final = Source(
    "read", "kubernetes/kubernetes pkg/apis/core/validation: ValidatePersistentVolumeClaimUpdate", _DATE
)
_SELECTOR: Final = Source(
    "read", f"{_K8S}concepts/workloads/controllers/deployment/#label-selector-updates", _DATE
)
_STATEFUL: Final = Source(
    "read",
    "kubernetes/kubernetes pkg/apis/apps/validation: ValidateStatefulSetUpdate, and its message",
    _DATE,
)
_STRATEGY: Final = Source("read", f"{_K8S}concepts/workloads/controllers/deployment/#strategy", _DATE)
_IMAGE: Final = Source(
    "read",
    "docker-entrypoint.sh of the official mysql and mariadb images: it runs on an empty data folder",
    _DATE,
)
_OURS: Final = Source(
    "seen", "the objects that mlkc writes, and the names that they refer to each other by", _DATE
)
_APPLY: Final = Source(
    "read", f"{_K8S}reference/kubectl/generated/kubectl_apply/: nothing is deleted without --prune", _DATE
)
_ACCESS: Final = Source("read", f"{_K8S}concepts/services-networking/", _DATE)

_POD: Final = "spec template spec"
_ENV: Final = f"{_POD} containers * env"
_INIT_ENV: Final = f"{_POD} initContainers * env"
_UNREAD: Final = (
    "the image reads it only when the data folder is empty: an initialised database keeps what it has"
)
_OTHER_ROOT: Final = (
    "artifacts under the old root stay there, and runs that name them by the server no longer find them"
)
_OTHER_DATABASE: Final = "the server turns to another database; the runs so far stay in the old one"


def _row(kind: str, field: str, when: When, effect: Effect, note: str, source: Source) -> EffectRow:
    doubts = ("effect",) if source.kind == "believed" else ()
    return EffectRow(kind, tuple(field.split()), when, effect, note, source, doubts)


def _initial(prefix: str) -> tuple[EffectRow, ...]:
    names = ("DATABASE", "USER", "PASSWORD", "ROOT_PASSWORD")
    return tuple(
        _row("StatefulSet", f"{_ENV} {prefix}_{name} **", "always", Effect.DATA, _UNREAD, _IMAGE)
        for name in names
    )


# The first row that fits counts.
EFFECTS: Final[tuple[EffectRow, ...]] = (
    _row(
        "PersistentVolumeClaim",
        "",
        "removed",
        Effect.DATA,
        "kubectl apply leaves the claim; whoever deletes it deletes the database",
        _APPLY,
    ),
    _row(
        "PersistentVolumeClaim",
        "metadata namespace",
        "always",
        Effect.DATA,
        "a new, empty claim in the other namespace; the data stays in the old one",
        _OURS,
    ),
    _row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "smaller",
        Effect.REFUSED,
        "a claim can't shrink",
        _CLAIM,
    ),
    _row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "larger",
        Effect.NONE,
        "the volume grows where its storage class has allowVolumeExpansion; else the API server refuses it",
        _CLAIM,
    ),
    _row("PersistentVolumeClaim", "spec volumeAttributesClassName", "always", Effect.NONE, "", _CLAIM),
    _row(
        "PersistentVolumeClaim",
        "spec **",
        "always",
        Effect.REFUSED,
        "a claim's spec is immutable but for its size",
        _CLAIM,
    ),
    _row(
        "pods",
        "spec selector **",
        "always",
        Effect.REFUSED,
        "a selector is immutable: delete the workload first",
        _SELECTOR,
    ),
    _row(
        "pods",
        f"{_POD} volumes * persistentVolumeClaim **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        _OURS,
    ),
    _row(
        "pods",
        f"{_POD} volumes data **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        _OURS,
    ),
    *_initial("MYSQL"),
    *_initial("MARIADB"),
    _row("Deployment", f"{_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, _OURS),
    _row("Deployment", f"{_INIT_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, _OURS),
    _row("Deployment", f"{_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, _OURS),
    _row("Deployment", f"{_INIT_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, _OURS),
    _row("Deployment", f"{_ENV} MLFLOW_ARTIFACTS_DESTINATION **", "always", Effect.DATA, _OTHER_ROOT, _OURS),
    _row("pods", "spec template **", "always", Effect.RESTART, "", _STRATEGY),
    _row("StatefulSet", "spec replicas", "always", Effect.NONE, "pods are added or removed", _STATEFUL),
    _row("StatefulSet", "spec updateStrategy **", "always", Effect.NONE, "", _STATEFUL),
    _row("StatefulSet", "spec minReadySeconds", "always", Effect.NONE, "", _STATEFUL),
    _row("StatefulSet", "spec revisionHistoryLimit", "always", Effect.NONE, "", _STATEFUL),
    _row("StatefulSet", "spec ordinals **", "always", Effect.NONE, "", _STATEFUL),
    _row(
        "StatefulSet",
        "spec persistentVolumeClaimRetentionPolicy **",
        "always",
        Effect.DATA,
        "it may delete claims with their pods",
        _STATEFUL,
    ),
    _row(
        "StatefulSet",
        "spec **",
        "always",
        Effect.REFUSED,
        "a StatefulSet's spec is immutable but for a few fields",
        _STATEFUL,
    ),
    _row("Deployment", "spec replicas", "always", Effect.NONE, "pods are added or removed", _STRATEGY),
    _row(
        "Service",
        "spec clusterIP",
        "always",
        Effect.REFUSED,
        "a service keeps its address: delete it first",
        _ACCESS,
    ),
    _row(
        "Service",
        "spec type",
        "always",
        Effect.ACCESS,
        "a NodePort or LoadBalancer is reachable from outside the cluster",
        _ACCESS,
    ),
    _row(
        "Service",
        "spec externalIPs **",
        "always",
        Effect.ACCESS,
        "reachable from outside the cluster",
        _ACCESS,
    ),
    _row(
        "Service",
        "spec ports **",
        "always",
        Effect.DOWNTIME,
        "who connects to the old port fails until it follows",
        _OURS,
    ),
    _row(
        "Service", "spec selector **", "always", Effect.DOWNTIME, "the service sends to other pods", _ACCESS
    ),
    _row("Ingress", "", "added", Effect.ACCESS, "reachable from outside the cluster", _ACCESS),
    _row("Ingress", "", "removed", Effect.NONE, "kubectl apply leaves the ingress open; delete it", _APPLY),
    _row(
        "Ingress",
        "spec rules **",
        "always",
        Effect.ACCESS,
        "another host or path is reachable from outside the cluster",
        _ACCESS,
    ),
    _row("Ingress", "spec tls", "added", Effect.NONE, "connections are encrypted", _ACCESS),
    _row(
        "Ingress",
        "spec tls **",
        "always",
        Effect.ACCESS,
        "connections may no longer be encrypted, or with another certificate",
        _ACCESS,
    ),
    _row(
        "NetworkPolicy",
        "",
        "removed",
        Effect.ACCESS,
        "what the policy kept out may come in, once it is deleted",
        _ACCESS,
    ),
    _row("NetworkPolicy", "spec **", "always", Effect.ACCESS, "other connections are allowed", _ACCESS),
    _row(
        "Namespace",
        "",
        "removed",
        Effect.DATA,
        "kubectl apply leaves the namespace; whoever deletes it deletes all that is in it",
        _APPLY,
    ),
    _row(
        "Namespace",
        "metadata labels pod-security.kubernetes.io/enforce",
        "always",
        Effect.ACCESS,
        "pods may ask for other rights",
        _ACCESS,
    ),
    _row(
        "*",
        "metadata namespace",
        "always",
        Effect.DOWNTIME,
        "a new object in the other namespace; the old one is left",
        _OURS,
    ),
    _row(
        "ConfigMap",
        "data **",
        "always",
        Effect.RESTART,
        "the name that Kustomize gives it changes, and with it the pods that mount it",
        _OURS,
    ),
    _row("Secret", "data **", "always", Effect.NONE, "running pods keep what they started with", _OURS),
    _row("*", "metadata **", "always", Effect.METADATA, "", _OURS),
    _row("*", "", "removed", Effect.NONE, "kubectl apply leaves the object; delete it by hand", _APPLY),
)

# Rows that need a look at the values; `mlkc.app.effect` says when they count.
DATA_FOLDER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * args **",
    "always",
    Effect.DATA,
    "the server looks for its data in another folder",
    _OURS,
)
DATA_MOUNT: Final = _row(
    "StatefulSet",
    f"{_POD} containers * volumeMounts **",
    "always",
    Effect.DATA,
    "the volume with the data is mounted elsewhere",
    _OURS,
)
OTHER_SERVER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "another database server may not read this data folder; dump and load instead",
    Source("believed", "MySQL and MariaDB have parted ways since MySQL 8.0", _DATE),
)
OLDER_SERVER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "an older server does not start on the data folder of a newer one",
    Source("read", "https://dev.mysql.com/doc/refman/8.4/en/downgrading.html", _DATE),
)
BY_VALUE: Final = (DATA_FOLDER, DATA_MOUNT, OTHER_SERVER, OLDER_SERVER)

ENDS_FIRST: Final = "the old pod ends before the new one starts"
