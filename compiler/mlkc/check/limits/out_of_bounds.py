"""What: a container outside the bounds that a LimitRange of its namespace sets.

Why: the server refuses the pod. The bounds apply to what a container says and to what the LimitRange fills in for it.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: check
      image: busybox:1.37
      resources:
        requests: {memory: 1Gi}
        limits: {memory: 4Gi}
---
apiVersion: v1
kind: LimitRange
metadata:
  name: bounds
spec:
  limits:
    - type: Container
      max: {memory: 2Gi}
```

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: check
      image: busybox:1.37
      resources:
        requests: {memory: 1Gi}
        limits: {memory: 2Gi}
---
apiVersion: v1
kind: LimitRange
metadata:
  name: bounds
spec:
  limits:
    - type: Container
      max: {memory: 2Gi}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.limits import demand
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Container, ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

# Each of them is at most the one after it.
_ORDER = ("min", "defaultRequest", "default", "max")


def _find(given: ObjectSet) -> Iterator[Finding]:
    for bounds in given.of("LimitRange"):
        for index, item in tree.entries(bounds.body, "spec", "limits"):
            if item.get("type") != "Container":
                continue
            pointer = ("spec", "limits", index)
            yield from _order(bounds, pointer, item)
            for pod in given.pods:
                if pod.namespace == given.namespace_of(bounds):
                    for container in pod.containers():
                        yield from _container(bounds, pointer, item, container)


def _order(bounds: Artifact, pointer: Pointer, item: Mapping[str, Any]) -> Iterator[Finding]:
    for low, high in pairwise(_ORDER):
        for name, value in tree.mapping(item, low).items():
            other = tree.mapping(item, high).get(name)
            least, most = demand.amount(value), demand.amount(other)
            if least is not None and most is not None and least > most:
                message = f"{objects.title(bounds)}: {low} of {name} is {value}, above its {high} of {other}"
                yield Finding(bounds, (*pointer, low, name), message, f"write {other} or less")


def _container(
    bounds: Artifact, pointer: Pointer, item: Mapping[str, Any], container: Container
) -> Iterator[Finding]:
    for kind, bound, above in (("limits", "max", True), ("requests", "min", False)):
        said = tree.mapping(container.body, "resources", kind)
        for name, limit in tree.mapping(item, bound).items():
            own, edge = demand.amount(said.get(name)), demand.amount(limit)
            if own is None or edge is None or (own <= edge if above else own >= edge):
                continue
            place = "above" if above else "below"
            yield Finding(
                container.artifact,
                (*container.pointer, "resources", kind, name),
                f"{container.title}: {kind} {said[name]} of {name}, {place} the {bound} of {limit} that "
                f"{objects.title(bounds)} allows",
                f"write {limit} or {'less' if above else 'more'}, or a wider bound",
                against=(bounds, (*pointer, bound, name)),
            )


RULE = Rule(codes.OUT_OF_BOUNDS, __doc__, _find)
