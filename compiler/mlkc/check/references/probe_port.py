"""What: a probe or a life-cycle hook names a port that its container does not have.

Why: the kubelet can't resolve the name, the probe fails, and the pod never gets ready or is killed again and again.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      ports:
        - name: http
          containerPort: 5000
      readinessProbe:
        httpGet:
          path: /health
          port: web
```

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      ports:
        - name: http
          containerPort: 5000
      readinessProbe:
        httpGet:
          path: /health
          port: http
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Container, ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest
from mlkc.text.paths import Pointer

_HANDLERS: tuple[Pointer, ...] = (
    ("startupProbe",),
    ("readinessProbe",),
    ("livenessProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            for handler in _HANDLERS:
                for action in ("httpGet", "tcpSocket"):
                    yield from _port(container, (*handler, action, "port"))


def _port(container: Container, place: Pointer) -> Iterator[Finding]:
    port = tree.get(container.body, place)
    names = [
        tree.text(entry, "name") for _, entry in tree.entries(container.body, "ports") if "name" in entry
    ]
    if not isinstance(port, str) or port in names:
        return
    meant = closest(port, names)
    help_ = f"did you mean `{meant}`?" if meant else f"its named ports are {', '.join(names) or 'none'}"
    message = f"{container.title}: {tree.field(place)} is {tree.show(port)}, a port that the container does not have"
    yield Finding(container.artifact, (*container.pointer, *place), message, help_)


RULE = Rule(codes.UNKNOWN_PROBE_PORT, __doc__, _find)
