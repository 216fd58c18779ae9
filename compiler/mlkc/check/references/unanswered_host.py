"""What: an ingress sends a host to a server that does not answer it.

Why: MLflow compares the Host header with MLFLOW_SERVER_ALLOWED_HOSTS, so that no web page can reach it under a name
of its own, and answers 403 to all others: the ingress works, and nobody gets in.

Bad:
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mlflow
spec:
  rules:
    - host: ml.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: mlflow, port: {number: 5000}}}
---
apiVersion: v1
kind: Service
metadata:
  name: mlflow
spec:
  selector: {app: mlflow}
  ports: [{port: 5000}]
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow
  labels: {app: mlflow}
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      env:
        - name: MLFLOW_SERVER_ALLOWED_HOSTS
          value: mlflow.example.com,localhost:*
```

Good:
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mlflow
spec:
  rules:
    - host: ml.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: mlflow, port: {number: 5000}}}
---
apiVersion: v1
kind: Service
metadata:
  name: mlflow
spec:
  selector: {app: mlflow}
  ports: [{port: 5000}]
---
apiVersion: v1
kind: Pod
metadata:
  name: mlflow
  labels: {app: mlflow}
spec:
  containers:
    - name: mlflow
      image: mlflow:3.1
      env:
        - name: MLFLOW_SERVER_ALLOWED_HOSTS
          value: "*.example.com,localhost:*"
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.check.references.selector import matches
from mlkc.diag import output_codes as codes

_VARIABLE = "MLFLOW_SERVER_ALLOWED_HOSTS"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for ingress in given.of("Ingress"):
        namespace = given.namespace_of(ingress)
        for index, rule in tree.entries(ingress.body, "spec", "rules"):
            host = tree.text(rule, "host")
            names = {
                tree.text(path, "backend", "service", "name")
                for _, path in tree.entries(rule, "http", "paths")
            }
            for title, allowed in _answering(given, namespace, names) if host else ():
                if not _is_answered(host, allowed):
                    message = f"{objects.title(ingress)}: {title} does not answer the host {tree.show(host)}"
                    note = f"{_VARIABLE} is what it answers, and others get 403"
                    help_ = f"write `server.ingress.host: {host}`, or add the host to {_VARIABLE}"
                    yield Finding(ingress, ("spec", "rules", index, "host"), message, help_, notes=(note,))


def _answering(given: ObjectSet, namespace: str, services: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Yields each server behind some services, with the hosts that it answers."""
    for service in given.of("Service"):
        selector: Mapping[str, Any] = {"matchLabels": tree.mapping(service.body, "spec", "selector")}
        if given.namespace_of(service) != namespace or objects.name(service) not in services:
            continue
        for pod in given.pods:
            if pod.namespace != namespace or not matches(selector, pod.labels):
                continue
            for container in pod.containers():
                for _, variable in tree.entries(container.body, "env"):
                    if tree.text(variable, "name") == _VARIABLE and tree.text(variable, "value"):
                        yield objects.title(pod.artifact), tree.text(variable, "value").split(",")


def _is_answered(host: str, allowed: list[str]) -> bool:
    """MLflow's own comparison: the same text, or a pattern of the shell; a host with a star in it by any name."""
    from fnmatch import fnmatchcase  # noqa: PLC0415  few specs come here

    name = host.replace("*", "any")
    return any(
        pattern in {host, name} or ("*" in pattern and fnmatchcase(name, pattern)) for pattern in allowed
    )


RULE = Rule(codes.UNANSWERED_HOST, __doc__, _find)
