"""Fields of objects in the words of the stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mlkc.check import tree

SEALED: Final = ("spec", "encryptedData")
"""Where a SealedSecret has its values."""

_TEMPLATE: Final = ("spec", "template")
_POD: Final = ("spec", "template", "spec")
_PROBES: Final = {
    "startupProbe": "startup probe",
    "readinessProbe": "readiness probe",
    "livenessProbe": "liveness probe",
}
_KNOWN: Final[Mapping[tuple[str, tuple[str, ...]], str]] = {
    ("PersistentVolumeClaim", ("spec", "resources", "requests", "storage")): "volume size",
    ("PersistentVolumeClaim", ("spec", "storageClassName")): "storage class",
    ("PersistentVolumeClaim", ("spec", "accessModes")): "access modes",
    ("Ingress", ("spec", "rules")): "hosts and paths",
    ("Ingress", ("spec", "tls")): "TLS",
    ("Ingress", ("spec", "ingressClassName")): "ingress class",
    ("HTTPRoute", ("spec", "hostnames")): "hosts",
    ("HTTPRoute", ("spec", "parentRefs")): "gateways",
    ("HTTPRoute", ("spec", "rules")): "paths",
    ("Service", ("spec", "type")): "service type",
    ("Service", ("spec", "clusterIP")): "cluster IP",
    ("StatefulSet", ("spec", "serviceName")): "governing service",
    ("NetworkPolicy", ("spec", "ingress")): "incoming connections",
    ("NetworkPolicy", ("spec", "egress")): "outgoing connections",
    ("HorizontalPodAutoscaler", ("spec", "minReplicas")): "fewest replicas",
    ("HorizontalPodAutoscaler", ("spec", "maxReplicas")): "most replicas",
    ("HorizontalPodAutoscaler", ("spec", "metrics")): "metrics that scale",
    ("PodDisruptionBudget", ("spec", "maxUnavailable")): "pods that may be away",
    ("PodDisruptionBudget", ("spec", "minAvailable")): "pods that must be there",
    ("ExternalSecret", ("spec", "data")): "entries of the secret store",
    ("ExternalSecret", ("spec", "refreshInterval")): "refresh of the secrets",
    ("ExternalSecret", ("spec", "secretStoreRef", "name")): "secret store",
    ("ExternalSecret", ("spec", "secretStoreRef", "kind")): "kind of the secret store",
    ("*", ("spec", "replicas")): "replicas",
    ("*", ("metadata", "namespace")): "namespace",
    ("*", ("metadata", "name")): "name",
}
_POD_WORDS: Final = {
    "affinity": "affinity",
    "automountServiceAccountToken": "service account token in the pods",
    "hostAliases": "host names",
    "imagePullSecrets": "image pull secrets",
    "nodeSelector": "node selector",
    "priorityClassName": "priority class",
    "securityContext": "security of the pods",
    "serviceAccountName": "service account",
    "terminationGracePeriodSeconds": "grace period in seconds",
    "tolerations": "tolerations",
    "topologySpreadConstraints": "spread of the pods",
}
_VOLUME_WORDS: Final = {
    "emptyDir.sizeLimit": "size limit of volume {}",
    "persistentVolumeClaim.claimName": "claim of volume {}",
    "configMap.name": "ConfigMap of volume {}",
    "secret.secretName": "Secret of volume {}",
}
_CONTAINER_WORDS: Final = {
    "args": "arguments",
    "lifecycle": "lifecycle hooks",
    "securityContext": "security of the container",
}
_PORT_WORDS: Final = {
    "nodePort": "node port of port {}",
    "targetPort": "target of port {}",
    "name": "name of port {}",
}


def component(body: Mapping[str, Any]) -> str:
    """Names the part of the stack that an object belongs to; its kind where it belongs to none."""
    labels = tree.mapping(body, "metadata", "labels")
    return str(labels.get("app.kubernetes.io/component") or tree.text(body, "kind")).lower()


def term(kind: str, name: str, steps: tuple[str, ...]) -> str:
    """Writes a field in the words of the stack; one that has no word by its path."""
    if not steps:
        return f"{kind} {name}"
    known = _KNOWN.get((kind, steps)) or _KNOWN.get(("*", steps))
    if known is not None:
        return known
    if steps[:3] == _POD and len(steps) > 3:
        return _of_pod(steps[3:])
    if steps[:2] == _TEMPLATE and steps[2:3] == ("metadata",) and len(steps) > 3:
        return f"{_of_metadata(steps[3:])} of the pods"
    if steps[0] == "metadata" and len(steps) > 1:
        # Objects of one part have many labels alike: which of them is meant is said.
        return f"{kind} {_of_metadata(steps[1:])}"
    return _of_spec(kind, steps)


def _of_spec(kind: str, steps: tuple[str, ...]) -> str:
    words = {"ConfigMap": "file", "Secret": "secret key"}
    if steps[0] == "data" and kind in words:
        return _joined(words[kind], steps[1:])
    if kind == "SealedSecret" and steps[:2] == SEALED:
        return _joined("sealed value", steps[2:])
    if steps[:2] == ("spec", "selector"):
        return _joined("selector label", steps[3 if "matchLabels" in steps else 2 :])
    if steps[:2] == ("spec", "strategy"):
        return _joined("update strategy", steps[-1:] if len(steps) > 2 else ())
    if kind == "Service" and steps[:2] == ("spec", "ports") and len(steps) > 2:
        return _of_port(steps[2:])
    return f"{kind} {'.'.join(steps)}"


def _of_metadata(steps: tuple[str, ...]) -> str:
    return _joined({"labels": "label", "annotations": "annotation"}.get(steps[0], steps[0]), steps[1:])


def _of_port(steps: tuple[str, ...]) -> str:
    number, rest = steps[0], ".".join(steps[1:])
    return _PORT_WORDS[rest].format(number) if rest in _PORT_WORDS else _joined(f"port {number}", steps[1:])


def _of_pod(steps: tuple[str, ...]) -> str:
    first = steps[0]
    if first in ("containers", "initContainers") and len(steps) > 1:
        init = f"init container {steps[1]}" if first == "initContainers" else ""
        if len(steps) == 2:
            return init or f"container {steps[1]}"
        return f"{init}: {_of_container(steps[2:])}" if init else _of_container(steps[2:])
    if first == "volumes" and len(steps) > 1:
        rest = ".".join(steps[2:])
        known = _VOLUME_WORDS.get(rest)
        return known.format(steps[1]) if known else _joined(f"volume {steps[1]}", steps[2:])
    if first == "hostAliases" and len(steps) > 1:
        return f"host names of {steps[1]}"
    return _joined(_POD_WORDS.get(first, first), steps[1:])


def _of_container(steps: tuple[str, ...]) -> str:
    first = steps[0]
    if first == "resources" and len(steps) == 3:
        what = "CPU" if steps[2] == "cpu" else steps[2]
        return f"{what} {steps[1].removesuffix('s')}"
    if first == "env" and len(steps) > 1:
        return f"variable {steps[1]}"
    if first == "ports" and len(steps) > 1:
        return _of_port(steps[1:])
    if first == "volumeMounts" and len(steps) > 1:
        return _joined(f"mount at {steps[1]}", steps[2:])
    return _joined(_PROBES.get(first) or _CONTAINER_WORDS.get(first, first), steps[1:])


def _joined(word: str, steps: tuple[str, ...]) -> str:
    return f"{word} {'.'.join(steps)}".rstrip()
