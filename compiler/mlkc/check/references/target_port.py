"""What: a service sends to a port that the pods it selects don't have.

Why: a named target port is looked up in each pod; when no container has it, the service has no endpoint and every
connection is refused. The server accepts the service all the same.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  selector:
    app: mlflow
  ports:
    - port: 80
      targetPort: web
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
  labels:
    app: mlflow
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      ports:
        - name: http
          containerPort: 5000
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  selector:
    app: mlflow
  ports:
    - port: 80
      targetPort: http
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-server
  labels:
    app: mlflow
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      ports:
        - name: http
          containerPort: 5000
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet, Pod
from mlkc.check.references.selector import matches
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(given: ObjectSet) -> Iterator[Finding]:
    for service in given.of("Service"):
        selector = tree.mapping(service.body, "spec", "selector")
        if not selector:
            continue
        namespace = given.namespace_of(service)
        pods = [
            pod
            for pod in given.pods
            if pod.namespace == namespace and matches({"matchLabels": selector}, pod.labels)
        ]
        for index, entry in tree.entries(service.body, "spec", "ports"):
            faults = [list(_port(service, index, entry, pod)) for pod in pods]
            # Where some of the pods have it, the selector is at fault, which another rule says.
            if all(faults):
                yield from (fault for found in faults for fault in found)


def _port(service: Artifact, index: int, entry: Mapping[str, Any], pod: Pod) -> Iterator[Finding]:
    target = entry.get("targetPort", entry.get("port"))
    declared = [port for container in pod.containers() for _, port in tree.entries(container.body, "ports")]
    names = [tree.text(port, "name") for port in declared if "name" in port]
    numbers = [port.get("containerPort") for port in declared]
    # A pod that declares no port may listen on any; a name must be declared.
    if target in names or target in numbers or (isinstance(target, int) and not declared):
        return
    pointer = ("spec", "ports", index, "targetPort" if "targetPort" in entry else "port")
    subject = f"{objects.title(service)}: sends to port {tree.show(target)}"
    message = f"{subject}, which {objects.title(pod.artifact)} does not have"
    meant = closest(target, names) if isinstance(target, str) else None
    known = (
        ", ".join(f"{port.get('name', 'unnamed')} ({port.get('containerPort')})" for port in declared)
        or "none"
    )
    help_ = f"did you mean `{meant}`?" if meant else f"its ports are {known}"
    yield Finding(service, pointer, message, help_)


RULE = Rule(codes.UNKNOWN_TARGET_PORT, __doc__, _find)
