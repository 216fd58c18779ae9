"""Which field a check of kube-linter looks at: a report names the object and, in words, the container."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class LinterCheck(Struct, frozen=True):
    """A check.

    Attributes:
        check: its name in a report.
        field: what it looks at, below the pod or the container where it is about one.
        of: what the field is below: the object, its pod, or a container of the pod.
    """

    check: str
    field: str
    of: str
    source: Source
    doubts: tuple[str, ...] = ()


_READ: Final = Source("read", "kube-linter 0.8.3: pkg/builtinchecks and pkg/templates", "2026-11")
_SEEN: Final = Source("seen", "kube-linter 0.8.3 on rendered overlays, some of them spoilt", "2026-11")
_OBJECT: Final = "object"
_POD: Final = "pod"
_CONTAINER: Final = "container"
_SECURITY: Final = "securityContext"

# fmt: off
CHECKS: Final = (
    LinterCheck("no-anti-affinity",                  "spec.replicas", _OBJECT, _SEEN),
    LinterCheck("minimum-three-replicas",            "spec.replicas", _OBJECT, _READ),
    LinterCheck("no-rolling-update-strategy",        "spec.strategy", _OBJECT, _READ),
    LinterCheck("mismatching-selector",              "spec.selector", _OBJECT, _READ),
    LinterCheck("dangling-service",                  "spec.selector", _OBJECT, _READ),
    LinterCheck("dangling-networkpolicy",            "spec.podSelector", _OBJECT, _READ),
    LinterCheck("dangling-horizontalpodautoscaler",  "spec.scaleTargetRef", _OBJECT, _READ),
    LinterCheck("hpa-minimum-three-replicas",        "spec.minReplicas", _OBJECT, _READ),
    LinterCheck("exposed-services",                  "spec.type", _OBJECT, _READ),
    LinterCheck("pdb-max-unavailable",               "spec.maxUnavailable", _OBJECT, _READ),
    LinterCheck("pdb-min-available",                 "spec.minAvailable", _OBJECT, _READ),
    LinterCheck("pdb-unhealthy-pod-eviction-policy", "spec.unhealthyPodEvictionPolicy", _OBJECT, _SEEN),
    LinterCheck("use-namespace",                     "metadata.namespace", _OBJECT, _READ),
    LinterCheck("no-node-affinity",                  "affinity", _POD, _READ),
    LinterCheck("priority-class-name",               "priorityClassName", _POD, _READ),
    LinterCheck("default-service-account",           "serviceAccountName", _POD, _READ),
    LinterCheck("non-existent-service-account",      "serviceAccountName", _POD, _READ),
    LinterCheck("host-network",                      "hostNetwork", _POD, _READ),
    LinterCheck("sensitive-host-mounts",             "volumes", _POD, _READ),
    LinterCheck("latest-tag",                        "image", _CONTAINER, _SEEN),
    LinterCheck("env-var-secret",                    "env", _CONTAINER, _READ),
    LinterCheck("duplicate-env-var",                 "env", _CONTAINER, _READ),
    LinterCheck("read-secret-from-env-var",          "env", _CONTAINER, _READ),
    LinterCheck("ssh-port",                          "ports", _CONTAINER, _READ),
    LinterCheck("privileged-ports",                  "ports", _CONTAINER, _READ),
    LinterCheck("invalid-target-ports",              "ports", _CONTAINER, _READ),
    LinterCheck("liveness-port",                     "livenessProbe", _CONTAINER, _READ),
    LinterCheck("readiness-port",                    "readinessProbe", _CONTAINER, _READ),
    LinterCheck("startup-port",                      "startupProbe", _CONTAINER, _READ),
    LinterCheck("no-read-only-root-fs",              f"{_SECURITY}.readOnlyRootFilesystem", _CONTAINER, _SEEN),
    LinterCheck("privilege-escalation-container",    f"{_SECURITY}.allowPrivilegeEscalation", _CONTAINER, _SEEN),
    LinterCheck("privileged-container",              f"{_SECURITY}.privileged", _CONTAINER, _READ),
    LinterCheck("drop-net-raw-capability",           f"{_SECURITY}.capabilities", _CONTAINER, _READ),
    LinterCheck("run-as-non-root",                   _SECURITY, _CONTAINER, _READ),
    LinterCheck("unset-cpu-requirements",            "resources.requests.cpu", _CONTAINER, _SEEN),
    LinterCheck("unset-memory-requirements",         "resources.limits.memory", _CONTAINER, _READ),
)
# fmt: on


def field(check: str, kind: str, container: str) -> str:
    """Finds the field that a finding is about.

    Args:
        check: the check's name.
        kind: of the object.
        container: the one that the finding names; empty if it names none.

    Returns:
        The field with dots, `spec.template.spec.containers[mysql].image`; empty for the object as a whole.
    """
    row = next((row for row in CHECKS if row.check == check), None)
    if row is None and not container:
        return ""
    if row is not None and row.of == _OBJECT:
        return row.field
    job = "spec.jobTemplate." if kind == "CronJob" else ""
    pod = f"{job}spec.template.spec"
    if container:
        pod += f".containers[{container}]"
    elif row is not None and row.of == _CONTAINER:
        return f"{pod}.containers"
    return f"{pod}.{row.field}" if row else pod
