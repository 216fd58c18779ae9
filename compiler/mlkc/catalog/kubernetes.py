"""Kubernetes minors: support, the Kustomize inside kubectl, and the APIs that versions dropped."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog import version as versions
from mlkc.catalog.source import Source


class Kubernetes(Struct, frozen=True):
    """One Kubernetes minor.

    Attributes:
        minor: `1.36`.
        released: first release, ISO date.
        until: end of upstream patches, ISO date.
        supported: upstream patched it in the month of the row's source; nothing here reads a clock.
        kustomize: the Kustomize that `kubectl kustomize` of this minor has.
    """

    minor: str
    released: str
    until: str
    supported: bool
    kustomize: str
    source: Source
    doubts: tuple[str, ...] = ()


class Removal(Struct, frozen=True):
    """Kinds of one API version that a minor stopped serving.

    Attributes:
        api_version: group and version as a manifest has them, `extensions/v1beta1`.
        kinds: the kinds that went together and have the same replacement.
        removed_in: first minor that refuses it.
        replacement: the API to write instead; None where nothing replaces it.
        served_since: first minor that serves the replacement.
    """

    api_version: str
    kinds: tuple[str, ...]
    removed_in: str
    replacement: str | None
    served_since: str | None
    source: Source
    doubts: tuple[str, ...] = ()


class Field(Struct, frozen=True):
    """A field that not every minor has.

    Attributes:
        kind: of the object.
        field: its path.
        since: first minor whose server heeds it without a feature gate being set.
    """

    kind: str
    field: str
    since: str
    source: Source
    doubts: tuple[str, ...] = ()


_EOL: Final = Source(
    "read", "endoflife.date, 2026-08; Kustomize: kubectl's go.mod, 1.32 and 1.37 seen", "2026-11"
)
_NEW: Final = Source(
    "read", "kubernetes-validate 1.37 has its schemas; dates follow the release cycle", "2026-11"
)

# fmt: off
MINORS: Final = (
    #          minor   released      patched until up     Kustomize
    Kubernetes("1.22", "2021-08-04", "2022-10-28", False, "4.2.0", _EOL),
    Kubernetes("1.23", "2021-12-07", "2023-02-28", False, "4.4.1", _EOL),
    Kubernetes("1.24", "2022-05-03", "2023-07-28", False, "4.5.4", _EOL),
    Kubernetes("1.25", "2022-08-23", "2023-10-27", False, "4.5.7", _EOL),
    Kubernetes("1.26", "2022-12-08", "2024-02-28", False, "4.5.7", _EOL),
    Kubernetes("1.27", "2023-04-11", "2024-06-28", False, "5.0.1", _EOL),
    Kubernetes("1.28", "2023-08-15", "2024-10-28", False, "5.0.4", _EOL),
    Kubernetes("1.29", "2023-12-13", "2025-02-28", False, "5.0.4", _EOL),
    Kubernetes("1.30", "2024-04-17", "2025-07-15", False, "5.0.4", _EOL),
    Kubernetes("1.31", "2024-08-13", "2025-11-11", False, "5.4.2", _EOL),
    Kubernetes("1.32", "2024-12-11", "2026-02-28", False, "5.5.0", _EOL),
    Kubernetes("1.33", "2025-04-23", "2026-06-28", False, "5.6.0", _EOL),
    Kubernetes("1.34", "2025-08-27", "2026-10-27", False, "5.7.1", _EOL),
    Kubernetes("1.35", "2025-12-17", "2027-02-28", True,  "5.7.1", _EOL),
    Kubernetes("1.36", "2026-04-22", "2027-06-28", True,  "5.8.1", _EOL),
    Kubernetes("1.37", "2026-08-26", "2027-10-28", True,  "5.8.1", _NEW, ("released", "until")),
)

_GONE: Final = Source("read", "kubernetes.io, Deprecated API Migration Guide; schemas of 1.25 to 1.37 seen", "2026-11")

_NET: Final = "networking.k8s.io/v1"
_RBAC_V1: Final = "rbac.authorization.k8s.io/v1"
_FLOW_V1: Final = "flowcontrol.apiserver.k8s.io/v1"
_APPS: Final = ("Deployment", "DaemonSet", "ReplicaSet")
_RBAC: Final = ("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding")
_INGRESS: Final = ("Ingress", "IngressClass")
_HPA: Final = ("HorizontalPodAutoscaler",)
_FLOW: Final = ("FlowSchema", "PriorityLevelConfiguration")

REMOVALS: Final = (
    #       API version, kinds                                 gone    use instead, since
    Removal("extensions/v1beta1", _APPS,                       "1.16", "apps/v1", "1.9", _GONE),
    Removal("extensions/v1beta1", ("NetworkPolicy",),          "1.16", _NET, "1.8", _GONE),
    Removal("extensions/v1beta1", ("PodSecurityPolicy",),      "1.16", None, None, _GONE),
    Removal("extensions/v1beta1", ("Ingress",),                "1.22", _NET, "1.19", _GONE),
    Removal("apps/v1beta1", ("Deployment", "StatefulSet"),     "1.16", "apps/v1", "1.9", _GONE),
    Removal("apps/v1beta2", (*_APPS, "StatefulSet"),           "1.16", "apps/v1", "1.9", _GONE),
    Removal("networking.k8s.io/v1beta1", _INGRESS,             "1.22", _NET, "1.19", _GONE),
    Removal("rbac.authorization.k8s.io/v1beta1", _RBAC,        "1.22", _RBAC_V1, "1.8", _GONE),
    Removal("scheduling.k8s.io/v1beta1", ("PriorityClass",),   "1.22", "scheduling.k8s.io/v1", "1.14", _GONE),
    Removal("storage.k8s.io/v1beta1", ("StorageClass",),       "1.22", "storage.k8s.io/v1", "1.6", _GONE),
    Removal("batch/v1beta1", ("CronJob",),                     "1.25", "batch/v1", "1.21", _GONE),
    Removal("policy/v1beta1", ("PodDisruptionBudget",),        "1.25", "policy/v1", "1.21", _GONE),
    Removal("policy/v1beta1", ("PodSecurityPolicy",),          "1.25", None, None, _GONE),
    Removal("discovery.k8s.io/v1beta1", ("EndpointSlice",),    "1.25", "discovery.k8s.io/v1", "1.21", _GONE),
    Removal("events.k8s.io/v1beta1", ("Event",),               "1.25", "events.k8s.io/v1", "1.19", _GONE),
    Removal("node.k8s.io/v1beta1", ("RuntimeClass",),          "1.25", "node.k8s.io/v1", "1.20", _GONE),
    Removal("autoscaling/v2beta1", _HPA,                       "1.25", "autoscaling/v2", "1.23", _GONE),
    Removal("autoscaling/v2beta2", _HPA,                       "1.26", "autoscaling/v2", "1.23", _GONE),
    Removal("storage.k8s.io/v1beta1", ("CSIStorageCapacity",), "1.27", "storage.k8s.io/v1", "1.24", _GONE),
    Removal("flowcontrol.apiserver.k8s.io/v1beta2", _FLOW,     "1.29", _FLOW_V1, "1.29", _GONE),
    Removal("flowcontrol.apiserver.k8s.io/v1beta3", _FLOW,     "1.32", _FLOW_V1, "1.29", _GONE),
)
# fmt: on

UNREADY_EVICTION: Final = Field(
    "PodDisruptionBudget",
    "spec.unhealthyPodEvictionPolicy",
    "1.27",
    Source("read", "KEP-3017: alpha and off in 1.26, beta and on in 1.27, stable in 1.31", "2026-11"),
)
FIELDS: Final = (UNREADY_EVICTION,)


def by_minor(minor: str) -> Kubernetes | None:
    """Finds a minor, `1.36`."""
    return next((row for row in MINORS if row.minor == minor), None)


def supported() -> tuple[str, ...]:
    """Lists the minors that upstream patches, oldest first."""
    return tuple(row.minor for row in MINORS if row.supported)


def removal(api_version: str, kind: str) -> Removal | None:
    """Finds what became of an API, whichever minor dropped it."""
    return next((row for row in REMOVALS if row.api_version == api_version and kind in row.kinds), None)


def gone(api_version: str, kind: str, minor: str) -> Removal | None:
    """Finds the removal that makes an API unusable on a minor; None while the minor still serves it."""
    row = removal(api_version, kind)
    return row if row is not None and versions.at_least(minor, row.removed_in) else None
