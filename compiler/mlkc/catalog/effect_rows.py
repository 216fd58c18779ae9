"""The rows of the table of effects, each with its source; `mlkc.catalog.effects` says how they are read."""

from __future__ import annotations

from typing import Final

from mlkc.catalog.effect_sources import (
    CLAIM,
    DELETED,
    IMAGE,
    INGRESS,
    OURS,
    POLICY,
    ROOT,
    SCALING,
    SEEN,
    SERVICE,
    STATEFUL,
)
from mlkc.catalog.effects import Effect, EffectRow, row

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


def _initial(prefix: str) -> tuple[EffectRow, ...]:
    names = ("DATABASE", "USER", "PASSWORD", "ROOT_PASSWORD")
    return tuple(
        row("StatefulSet", f"{_ENV} {prefix}_{name} **", "always", Effect.DATA, _UNREAD, IMAGE)
        for name in names
    )


# The first row that fits counts.
EFFECTS: Final[tuple[EffectRow, ...]] = (
    row(
        "PersistentVolumeClaim",
        "",
        "removed",
        Effect.DATA,
        "kubectl apply leaves the claim; whoever deletes it deletes the database",
        DELETED,
    ),
    row(
        "PersistentVolumeClaim",
        "metadata namespace",
        "always",
        Effect.DATA,
        "a new, empty claim in the other namespace; the data stays in the old one",
        OURS,
    ),
    row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "smaller",
        Effect.REFUSED,
        "a claim can't shrink",
        SEEN,
    ),
    row(
        "PersistentVolumeClaim",
        "spec resources requests storage",
        "larger",
        Effect.NONE,
        "a bound volume grows where its storage class has allowVolumeExpansion; else the API server refuses it",
        SEEN,
    ),
    row("PersistentVolumeClaim", "spec volumeAttributesClassName", "always", Effect.NONE, "", CLAIM),
    row(
        "PersistentVolumeClaim",
        "spec storageClassName",
        "added",
        Effect.REFUSED,
        "a claim keeps the default class that it was made with; only one that has none yet takes it",
        SEEN,
    ),
    row(
        "PersistentVolumeClaim",
        "spec **",
        "always",
        Effect.REFUSED,
        "a claim's spec is immutable but for its size",
        SEEN,
    ),
    row(
        "Job",
        "spec template **",
        "always",
        Effect.REFUSED,
        "a job's pod template is immutable: delete the job first",
        SEEN,
    ),
    row("Job", "spec completions", "always", Effect.REFUSED, "immutable unless the job is Indexed", SEEN),
    row("Job", "spec completionMode", "always", Effect.REFUSED, "immutable: delete the job first", SEEN),
    row(
        "pods",
        "spec selector **",
        "always",
        Effect.REFUSED,
        "a selector is immutable: delete the workload first",
        SEEN,
    ),
    row(
        "pods",
        f"{_POD} volumes * persistentVolumeClaim **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        OURS,
    ),
    row(
        "pods",
        f"{_POD} volumes data **",
        "always",
        Effect.DATA,
        "the pod starts on another volume, which may be empty",
        OURS,
    ),
    *(
        row("StatefulSet", f"{_ENV} {name} **", "always", Effect.DATA, _UNREAD, IMAGE)
        for name in ("POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "DB_USER", "DB_PASSWORD")
    ),
    *_initial("MYSQL"),
    *_initial("MARIADB"),
    row("Deployment", f"{_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    row("Deployment", f"{_INIT_ENV} DB_NAME **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    row("Deployment", f"{_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    row("Deployment", f"{_INIT_ENV} DB_HOST **", "always", Effect.DATA, _OTHER_DATABASE, OURS),
    row("Deployment", f"{_ENV} MLFLOW_ARTIFACTS_DESTINATION **", "always", Effect.DATA, _OTHER_ROOT, OURS),
    row(
        "Deployment",
        f"{_ENV} MLFLOW_DEFAULT_ARTIFACT_ROOT **",
        "always",
        Effect.RESTART,
        "new experiments store their artifacts there; those that exist keep the place that they were made with",
        ROOT,
    ),
    row("pods", "spec template **", "always", Effect.RESTART, "", SEEN),
    row("StatefulSet", "spec replicas", "always", Effect.NONE, "pods are added or removed", SEEN),
    row(
        "StatefulSet",
        "spec updateStrategy **",
        "always",
        Effect.NONE,
        "the API server refuses OnDelete while rollingUpdate, which it fills in, is not set to null",
        SEEN,
    ),
    row("StatefulSet", "spec minReadySeconds", "always", Effect.NONE, "", SEEN),
    row(
        "StatefulSet",
        "spec revisionHistoryLimit",
        "always",
        Effect.NONE,
        "Kubernetes before 1.33 refuses it",
        STATEFUL,
    ),
    row("StatefulSet", "spec ordinals **", "always", Effect.NONE, "", SEEN),
    row(
        "StatefulSet",
        "spec persistentVolumeClaimRetentionPolicy **",
        "always",
        Effect.DATA,
        "it may delete claims with their pods",
        SEEN,
    ),
    row(
        "StatefulSet",
        "spec **",
        "always",
        Effect.REFUSED,
        "a StatefulSet's spec is immutable but for a few fields",
        SEEN,
    ),
    row(
        "Deployment",
        "spec replicas",
        "removed",
        Effect.NONE,
        "kubectl apply leaves one pod until the autoscaler acts; first take the number out of the annotation "
        "last-applied-configuration",
        SCALING,
    ),
    row("Deployment", "spec replicas", "always", Effect.NONE, "pods are added or removed", SEEN),
    row(
        "Service",
        "spec clusterIP",
        "removed",
        Effect.NONE,
        "the service keeps the address that it has, or none if it is headless",
        SEEN,
    ),
    row(
        "Service",
        "spec clusterIP",
        "always",
        Effect.REFUSED,
        "a service keeps its address: delete it first",
        SEEN,
    ),
    row(
        "Service",
        "spec type",
        "always",
        Effect.ACCESS,
        "a NodePort or LoadBalancer is reachable from outside the cluster",
        SERVICE,
    ),
    row(
        "Service",
        "spec externalIPs **",
        "always",
        Effect.ACCESS,
        "reachable from outside the cluster",
        SERVICE,
    ),
    row(
        "Service",
        "spec ports **",
        "always",
        Effect.DOWNTIME,
        "who connects to the old port fails until it follows",
        OURS,
    ),
    row("Service", "spec selector **", "always", Effect.DOWNTIME, "the service sends to other pods", SERVICE),
    row("Ingress", "", "added", Effect.ACCESS, "reachable from outside the cluster", INGRESS),
    row("Ingress", "", "removed", Effect.NONE, "kubectl apply leaves the ingress open; delete it", SEEN),
    row(
        "Ingress",
        "spec rules **",
        "always",
        Effect.ACCESS,
        "another host or path is reachable from outside the cluster",
        INGRESS,
    ),
    row("Ingress", "spec tls", "added", Effect.NONE, "connections are encrypted", INGRESS),
    row(
        "Ingress",
        "spec tls **",
        "always",
        Effect.ACCESS,
        "connections may no longer be encrypted, or with another certificate",
        INGRESS,
    ),
    row(
        "NetworkPolicy",
        "",
        "removed",
        Effect.ACCESS,
        "what the policy kept out may come in, once it is deleted",
        POLICY,
    ),
    row("NetworkPolicy", "spec **", "always", Effect.ACCESS, "other connections are allowed", POLICY),
    row(
        "Namespace",
        "",
        "removed",
        Effect.DATA,
        "kubectl apply leaves the namespace; whoever deletes it deletes all that is in it",
        DELETED,
    ),
    row(
        "Namespace",
        "metadata labels pod-security.kubernetes.io/enforce",
        "always",
        Effect.ACCESS,
        "pods may ask for other rights",
        SEEN,
    ),
    row(
        "*",
        "metadata namespace",
        "always",
        Effect.DOWNTIME,
        "a new object in the other namespace; the old one is left",
        OURS,
    ),
    row("CronJob", "spec **", "always", Effect.NONE, "it counts from the next run on", OURS),
    row(
        "ConfigMap",
        "data mlkc.cnf",
        "always",
        Effect.NONE,
        "the database starts again with it: its pod has an annotation that changes with the file",
        OURS,
    ),
    row(
        "ConfigMap",
        "data **",
        "always",
        Effect.RESTART,
        "the name that Kustomize gives it changes, and with it the pods that mount it",
        OURS,
    ),
    row("Secret", "data **", "always", Effect.NONE, "running pods keep what they started with", OURS),
    row("*", "metadata **", "always", Effect.METADATA, "", OURS),
    row("*", "", "removed", Effect.NONE, "kubectl apply leaves the object; delete it by hand", SEEN),
)

ENDS_FIRST: Final = "the old pod ends before the new one starts"
