"""The rows of the table of effects, each with its source; `mlkc.catalog.effects` says how they are read."""

from __future__ import annotations

from typing import Final

from mlkc.catalog.effect_sources import (
    CLAIM,
    DELETED,
    DOWNGRADE,
    IMAGE,
    INGRESS,
    OURS,
    PARTED,
    POLICY,
    SCALING,
    SEEN,
    SERIES,
    SERVICE,
    STATEFUL,
)
from mlkc.catalog.effects import Effect, EffectRow, When
from mlkc.catalog.source import Source

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
        _row("StatefulSet", f"{_ENV} {prefix}_{name} **", "always", Effect.DATA, _UNREAD, IMAGE)
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
        DELETED,
    ),
    _row(
        "PersistentVolumeClaim",
        "metadata namespace",
        "always",
        Effect.DATA,
        "a new, empty claim in the other namespace; the data stays in the old one",
        OURS,
    ),
    _row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "smaller",
        Effect.REFUSED,
        "a claim can't shrink",
        SEEN,
    ),
    _row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "larger",
        Effect.NONE,
        "a bound volume grows where its storage class has allowVolumeExpansion; else the API server refuses it",
        SEEN,
    ),
    _row("PersistentVolumeClaim", "spec volumeAttributesClassName", "always", Effect.NONE, "", CLAIM),
    _row(
        "PersistentVolumeClaim",
        "spec storageClassName",
        "added",
        Effect.REFUSED,
        "a claim keeps the default class that it was made with; only one that has none yet takes it",
        SEEN,
    ),
    _row(
        "PersistentVolumeClaim",
        "spec **",
        "always",
        Effect.REFUSED,
        "a claim's spec is immutable but for its size",
        SEEN,
    ),
    _row(
        "Job",
        "spec template **",
        "always",
        Effect.REFUSED,
        "a job's pod template is immutable: delete the job first",
        SEEN,
    ),
    _row("Job", "spec completions", "always", Effect.REFUSED, "immutable unless the job is Indexed", SEEN),
    _row("Job", "spec completionMode", "always", Effect.REFUSED, "immutable: delete the job first", SEEN),
    _row(
        "pods",
        "spec selector **",
        "always",
        Effect.REFUSED,
        "a selector is immutable: delete the workload first",
        SEEN,
    ),
    _row(
        "pods",
        f"{_POD} volumes * persistentVolumeClaim **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        OURS,
    ),
    _row(
        "pods",
        f"{_POD} volumes data **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        OURS,
    ),
    *(
        _row("StatefulSet", f"{_ENV} {name} **", "always", Effect.DATA, _UNREAD, IMAGE)
        for name in ("POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "DB_USER", "DB_PASSWORD")
    ),
    *_initial("MYSQL"),
    *_initial("MARIADB"),
    _row("Deployment", f"{_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    _row("Deployment", f"{_INIT_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    _row("Deployment", f"{_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    _row("Deployment", f"{_INIT_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    _row("Deployment", f"{_ENV} MLFLOW_ARTIFACTS_DESTINATION **", "always", Effect.DATA, _OTHER_ROOT, OURS),
    _row("pods", "spec template **", "always", Effect.RESTART, "", SEEN),
    _row("StatefulSet", "spec replicas", "always", Effect.NONE, "pods are added or removed", SEEN),
    _row(
        "StatefulSet",
        "spec updateStrategy **",
        "always",
        Effect.NONE,
        "the API server refuses OnDelete while rollingUpdate, which it fills in, is not set to null",
        SEEN,
    ),
    _row("StatefulSet", "spec minReadySeconds", "always", Effect.NONE, "", SEEN),
    _row(
        "StatefulSet",
        "spec revisionHistoryLimit",
        "always",
        Effect.NONE,
        "Kubernetes before 1.33 refuses it",
        STATEFUL,
    ),
    _row("StatefulSet", "spec ordinals **", "always", Effect.NONE, "", SEEN),
    _row(
        "StatefulSet",
        "spec persistentVolumeClaimRetentionPolicy **",
        "always",
        Effect.DATA,
        "it may delete claims with their pods",
        SEEN,
    ),
    _row(
        "StatefulSet",
        "spec **",
        "always",
        Effect.REFUSED,
        "a StatefulSet's spec is immutable but for a few fields",
        SEEN,
    ),
    _row(
        "Deployment",
        "spec replicas",
        "removed",
        Effect.NONE,
        "kubectl apply leaves one pod until the autoscaler acts; first take the number out of the annotation "
        "last-applied-configuration",
        SCALING,
    ),
    _row("Deployment", "spec replicas", "always", Effect.NONE, "pods are added or removed", SEEN),
    _row(
        "Service",
        "spec clusterIP",
        "removed",
        Effect.NONE,
        "the service keeps the address that it has, or none if it is headless",
        SEEN,
    ),
    _row(
        "Service",
        "spec clusterIP",
        "always",
        Effect.REFUSED,
        "a service keeps its address: delete it first",
        SEEN,
    ),
    _row(
        "Service",
        "spec type",
        "always",
        Effect.ACCESS,
        "a NodePort or LoadBalancer is reachable from outside the cluster",
        SERVICE,
    ),
    _row(
        "Service",
        "spec externalIPs **",
        "always",
        Effect.ACCESS,
        "reachable from outside the cluster",
        SERVICE,
    ),
    _row(
        "Service",
        "spec ports **",
        "always",
        Effect.DOWNTIME,
        "who connects to the old port fails until it follows",
        OURS,
    ),
    _row(
        "Service", "spec selector **", "always", Effect.DOWNTIME, "the service sends to other pods", SERVICE
    ),
    _row("Ingress", "", "added", Effect.ACCESS, "reachable from outside the cluster", INGRESS),
    _row("Ingress", "", "removed", Effect.NONE, "kubectl apply leaves the ingress open; delete it", SEEN),
    _row(
        "Ingress",
        "spec rules **",
        "always",
        Effect.ACCESS,
        "another host or path is reachable from outside the cluster",
        INGRESS,
    ),
    _row("Ingress", "spec tls", "added", Effect.NONE, "connections are encrypted", INGRESS),
    _row(
        "Ingress",
        "spec tls **",
        "always",
        Effect.ACCESS,
        "connections may no longer be encrypted, or with another certificate",
        INGRESS,
    ),
    _row(
        "NetworkPolicy",
        "",
        "removed",
        Effect.ACCESS,
        "what the policy kept out may come in, once it is deleted",
        POLICY,
    ),
    _row("NetworkPolicy", "spec **", "always", Effect.ACCESS, "other connections are allowed", POLICY),
    _row(
        "Namespace",
        "",
        "removed",
        Effect.DATA,
        "kubectl apply leaves the namespace; whoever deletes it deletes all that is in it",
        DELETED,
    ),
    _row(
        "Namespace",
        "metadata labels pod-security.kubernetes.io/enforce",
        "always",
        Effect.ACCESS,
        "pods may ask for other rights",
        SEEN,
    ),
    _row(
        "*",
        "metadata namespace",
        "always",
        Effect.DOWNTIME,
        "a new object in the other namespace; the old one is left",
        OURS,
    ),
    _row(
        "ConfigMap",
        "data mlkc.cnf",
        "always",
        Effect.NONE,
        "the database starts again with it: its pod has an annotation that changes with the file",
        OURS,
    ),
    _row(
        "ConfigMap",
        "data **",
        "always",
        Effect.RESTART,
        "the name that Kustomize gives it changes, and with it the pods that mount it",
        OURS,
    ),
    _row("Secret", "data **", "always", Effect.NONE, "running pods keep what they started with", OURS),
    _row("*", "metadata **", "always", Effect.METADATA, "", OURS),
    _row("*", "", "removed", Effect.NONE, "kubectl apply leaves the object; delete it by hand", SEEN),
)

# Rows that need a look at the values; `mlkc.app.effect` says when they count.
DATA_FOLDER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * args **",
    "always",
    Effect.DATA,
    "the server looks for its data in another folder",
    OURS,
)
DATA_MOUNT: Final = _row(
    "StatefulSet",
    f"{_POD} containers * volumeMounts **",
    "always",
    Effect.DATA,
    "the volume with the data is mounted elsewhere",
    OURS,
)
OTHER_SERVER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "another database server may not read this data folder; dump and load instead",
    PARTED,
)
OLDER_SERVER: Final = _row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "an older series on the data folder of a newer one is not supported; dump and load instead",
    DOWNGRADE,
)
OTHER_SERIES: Final = _row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "PostgreSQL does not start on the data of another series; dump there and restore here",
    SERIES,
)
BY_VALUE: Final = (DATA_FOLDER, DATA_MOUNT, OTHER_SERVER, OLDER_SERVER, OTHER_SERIES)

ENDS_FIRST: Final = "the old pod ends before the new one starts"
