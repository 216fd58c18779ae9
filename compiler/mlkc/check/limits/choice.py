"""What: a field that takes one of a few words has another one.

Why: the schemas know such a field as any text; the server knows the words and refuses others. Case counts.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow
spec:
  type: nodePort
  ports:
    - port: 5000
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow
spec:
  type: NodePort
  ports:
    - port: 5000
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest
from mlkc.text.paths import Pointer

_PROTOCOL: Final = ("TCP", "UDP", "SCTP")
_SCHEME: Final = ("HTTP", "HTTPS")
_EACH: Final = "*"
# Field → words, by kind; `*` is every entry of a list. Source: https://kubernetes.io/docs/reference/kubernetes-api/
_OF_KIND: Final[Mapping[str, Mapping[Pointer, tuple[str, ...]]]] = {
    "Service": {
        ("spec", "type"): ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
        ("spec", "sessionAffinity"): ("None", "ClientIP"),
        ("spec", "externalTrafficPolicy"): ("Cluster", "Local"),
        ("spec", "ports", _EACH, "protocol"): _PROTOCOL,
    },
    "Deployment": {("spec", "strategy", "type"): ("RollingUpdate", "Recreate")},
    "StatefulSet": {
        ("spec", "updateStrategy", "type"): ("RollingUpdate", "OnDelete"),
        ("spec", "podManagementPolicy"): ("OrderedReady", "Parallel"),
    },
    "PersistentVolumeClaim": {
        ("spec", "accessModes", _EACH): (
            "ReadWriteOnce",
            "ReadOnlyMany",
            "ReadWriteMany",
            "ReadWriteOncePod",
        ),
        ("spec", "volumeMode"): ("Filesystem", "Block"),
    },
    "Ingress": {
        ("spec", "rules", _EACH, "http", "paths", _EACH, "pathType"): (
            "Exact",
            "Prefix",
            "ImplementationSpecific",
        ),
    },
    "NetworkPolicy": {("spec", "policyTypes", _EACH): ("Ingress", "Egress")},
}
_OF_POD: Final[Mapping[Pointer, tuple[str, ...]]] = {
    ("restartPolicy",): ("Always", "OnFailure", "Never"),
    ("dnsPolicy",): ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    ("securityContext", "fsGroupChangePolicy"): ("OnRootMismatch", "Always"),
    ("securityContext", "seccompProfile", "type"): ("RuntimeDefault", "Unconfined", "Localhost"),
}
_OF_CONTAINER: Final[Mapping[Pointer, tuple[str, ...]]] = {
    ("imagePullPolicy",): ("Always", "IfNotPresent", "Never"),
    ("terminationMessagePolicy",): ("File", "FallbackToLogsOnError"),
    ("ports", _EACH, "protocol"): _PROTOCOL,
    ("startupProbe", "httpGet", "scheme"): _SCHEME,
    ("readinessProbe", "httpGet", "scheme"): _SCHEME,
    ("livenessProbe", "httpGet", "scheme"): _SCHEME,
    ("securityContext", "seccompProfile", "type"): ("RuntimeDefault", "Unconfined", "Localhost"),
}


def _find(given: ObjectSet) -> Iterator[Finding]:
    for artifact in given.objects:
        yield from _fields(artifact, (), _OF_KIND.get(objects.kind(artifact), {}))
    for pod in given.pods:
        yield from _fields(pod.artifact, (*pod.pointer, "spec"), _OF_POD)
        for container in pod.containers():
            yield from _fields(pod.artifact, container.pointer, _OF_CONTAINER)


def _fields(
    artifact: Artifact, above: Pointer, fields: Mapping[Pointer, tuple[str, ...]]
) -> Iterator[Finding]:
    node = tree.get(artifact.body, above)
    for path, words in fields.items():
        for pointer, value in _values(node, above, path):
            if isinstance(value, str) and value not in words:
                message = f"{objects.title(artifact)}: {tree.field(pointer)} can't be {tree.show(value)}"
                meant = closest(value, words)
                help_ = (
                    f"did you mean `{meant}`?" if meant else f"write {', '.join(words[:-1])} or {words[-1]}"
                )
                yield Finding(artifact, pointer, message, help_)


def _values(node: Any, above: Pointer, path: Pointer) -> Iterator[tuple[Pointer, Any]]:
    """Yields the values at a path with their pointers."""
    if not path:
        yield above, node
    elif path[0] == _EACH:
        for index, entry in enumerate(node if isinstance(node, list) else ()):
            yield from _values(entry, (*above, index), path[1:])
    elif isinstance(node, Mapping) and path[0] in node:
        yield from _values(node[path[0]], (*above, path[0]), path[1:])


RULE = Rule(codes.UNKNOWN_CHOICE, __doc__, _find)
