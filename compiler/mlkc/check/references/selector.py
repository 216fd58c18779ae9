"""What: a selector that no pod's labels match.

Why: a service or network policy that selects nothing does nothing, without a word; a workload whose selector does
not match its own template is refused by the server.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  selector:
    app.kubernetes.io/name: mlfow
  ports:
    - port: 5000
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
  labels:
    app.kubernetes.io/name: mlflow
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  selector:
    app.kubernetes.io/name: mlflow
  ports:
    - port: 5000
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
  labels:
    app.kubernetes.io/name: mlflow
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

_WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
# Where the other kinds keep their selector; an empty one selects every pod.
_SELECTORS: Mapping[str, Pointer] = {
    "NetworkPolicy": ("spec", "podSelector"),
    "PodDisruptionBudget": ("spec", "selector"),
}


def matches(selector: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    """Tells whether a LabelSelector (matchLabels and matchExpressions) selects pods with `labels`."""
    wanted = tree.mapping(selector, "matchLabels")
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_holds(expression, labels) for _, expression in tree.entries(selector, "matchExpressions"))


def _holds(expression: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    key, operator = tree.text(expression, "key"), tree.text(expression, "operator")
    values = [value for _, value in tree.texts(expression, "values")]
    if operator == "In":
        return labels.get(key) in values
    if operator == "NotIn":
        return labels.get(key) not in values
    return (key in labels) == (operator == "Exists")


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        if objects.kind(pod.artifact) in _WORKLOADS:
            selector = tree.mapping(pod.artifact.body, "spec", "selector")
            if not matches(selector, pod.labels):
                message = (
                    f"{objects.title(pod.artifact)}: its selector does not match the labels of its own pods"
                )
                yield Finding(
                    pod.artifact, ("spec", "selector"), message, _difference(selector, [pod.labels])
                )
    for service in given.of("Service"):
        wanted = tree.mapping(service.body, "spec", "selector")
        if wanted:
            yield from _selects(given, service, ("spec", "selector"), {"matchLabels": wanted})
    for artifact in given.of(*_SELECTORS):
        pointer = _SELECTORS[objects.kind(artifact)]
        yield from _selects(given, artifact, pointer, tree.mapping(artifact.body, *pointer))


def _selects(
    given: ObjectSet, artifact: Artifact, pointer: Pointer, selector: Mapping[str, Any]
) -> Iterator[Finding]:
    namespace = given.namespace_of(artifact)
    candidates = [pod.labels for pod in given.pods if pod.namespace == namespace]
    if not any(matches(selector, labels) for labels in candidates):
        message = f"{objects.title(artifact)}: its selector matches no pod in namespace {namespace}"
        yield Finding(artifact, pointer, message, _difference(selector, candidates))


def _difference(selector: Mapping[str, Any], candidates: list[Mapping[str, Any]]) -> str:
    """Names the label that keeps the nearest pod from being selected."""
    wanted = tree.mapping(selector, "matchLabels")
    misses = [[key for key, value in wanted.items() if labels.get(key) != value] for labels in candidates]
    if not misses:
        return "no pod is there to select"
    index = min(range(len(misses)), key=lambda i: len(misses[i]))
    if not misses[index]:
        return "compare matchExpressions with the pods' labels"
    key = misses[index][0]
    has = tree.show(candidates[index][key]) if key in candidates[index] else "no such label"
    return f"the selector wants {key}: {tree.show(wanted[key])}; the nearest pods have {has}"


RULE = Rule(codes.UNMATCHED_SELECTOR, __doc__, _find)
