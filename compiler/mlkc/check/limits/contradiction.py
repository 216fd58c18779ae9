"""What: fields of which the server takes one stand side by side.

Why: a merge patch adds to what is there. A patch that gives a volume a claim leaves its `emptyDir` in place, one that
sets `type: Recreate` leaves `rollingUpdate`, and the server refuses both. In a merge patch, `emptyDir: null` takes a
field away.

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
  volumes:
    - name: data
      emptyDir: {}
      hostPath:
        path: /data
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
  volumes:
    - name: data
      hostPath:
        path: /data
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Container, ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

_PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
_HANDLERS = ("exec", "grpc", "httpGet", "tcpSocket")


def _find(given: ObjectSet) -> Iterator[Finding]:
    for artifact in given.of("Deployment"):
        strategy = tree.mapping(artifact.body, "spec", "strategy")
        if strategy.get("type") == "Recreate" and strategy.get("rollingUpdate") is not None:
            yield _finding(artifact, ("spec", "strategy"), ["type: Recreate", "rollingUpdate"])
    for pod in given.pods:
        for index, volume in tree.entries(pod.spec, "volumes"):
            sources = _given(volume, [key for key in volume if key != "name"])
            if len(sources) > 1:
                yield _finding(pod.artifact, (*pod.pointer, "spec", "volumes", index), sources)
        for container in pod.containers():
            yield from _container(container)


def _container(container: Container) -> Iterator[Finding]:
    for index, entry in tree.entries(container.body, "env"):
        pointer = (*container.pointer, "env", index)
        source = tree.mapping(entry, "valueFrom")
        # An empty value counts as none.
        if entry.get("value") and source:
            yield _finding(container.artifact, pointer, ["value", "valueFrom"])
        if len(source) > 1:
            yield _finding(container.artifact, (*pointer, "valueFrom"), _given(source, list(source)))
    for probe in _PROBES:
        handlers = _given(tree.mapping(container.body, probe), _HANDLERS)
        if len(handlers) > 1:
            yield _finding(container.artifact, (*container.pointer, probe), handlers)


def _given(node: Mapping[str, Any], keys: list[str] | tuple[str, ...]) -> list[str]:
    return sorted(key for key in keys if node.get(key) is not None)


def _finding(artifact: Artifact, pointer: Pointer, fields: list[str]) -> Finding:
    message = (
        f"{objects.title(artifact)}: {tree.field(pointer)} has {' and '.join(fields)}, where one is allowed"
    )
    return Finding(
        artifact, pointer, message, "leave all but one out; in a merge patch, write null for the others"
    )


RULE = Rule(codes.CONTRADICTORY_FIELDS, __doc__, _find)
