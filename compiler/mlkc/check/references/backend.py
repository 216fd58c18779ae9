"""What: an ingress sends to a service, or to a port of one, that is not there.

Why: the controller answers 503 for such a path, and the server accepts the ingress all the same.

Bad:
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mlflow-server
spec:
  defaultBackend:
    service:
      name: mlflow-server
      port:
        name: https
---
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  ports:
    - name: http
      port: 5000
```

Good:
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mlflow-server
spec:
  defaultBackend:
    service:
      name: mlflow-server
      port:
        name: http
---
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  ports:
    - name: http
      port: 5000
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest
from mlkc.text.paths import Pointer


def _find(given: ObjectSet) -> Iterator[Finding]:
    for ingress in given.of("Ingress"):
        for pointer in _backends(ingress):
            yield from _backend(given, ingress, pointer)


def _backends(ingress: Artifact) -> Iterator[Pointer]:
    """Yields the places of the backends that are services."""
    default: Pointer = ("spec", "defaultBackend", "service")
    if tree.mapping(ingress.body, *default):
        yield default
    for rule, _ in tree.entries(ingress.body, "spec", "rules"):
        paths: Pointer = ("spec", "rules", rule, "http", "paths")
        for index, entry in tree.entries(ingress.body, *paths):
            if tree.mapping(entry, "backend", "service"):
                yield (*paths, index, "backend", "service")


def _backend(given: ObjectSet, ingress: Artifact, pointer: Pointer) -> Iterator[Finding]:
    backend = tree.mapping(ingress.body, *pointer)
    name, namespace = tree.text(backend, "name"), given.namespace_of(ingress)
    services = {objects.name(s): s for s in given.of("Service") if given.namespace_of(s) == namespace}
    if name not in services:
        meant = closest(name, services)
        help_ = f"did you mean `{meant}`?" if meant else f"services are {', '.join(services) or 'none'}"
        message = f"{objects.title(ingress)}: sends to service {tree.show(name)}, which is not there"
        yield Finding(ingress, (*pointer, "name"), message, help_)
        return
    ports = [entry for _, entry in tree.entries(services[name].body, "spec", "ports")]
    for key, field in (("name", "name"), ("number", "port")):
        value = tree.get(backend, ("port", key))
        known = [entry.get(field) for entry in ports]
        if value is not None and value not in known:
            message = f"{objects.title(ingress)}: sends to port {tree.show(value)}, which Service {name} does not have"
            help_ = f"its ports are {', '.join(str(port) for port in known if port is not None) or 'none'}"
            yield Finding(ingress, (*pointer, "port", key), message, help_)


RULE = Rule(codes.UNKNOWN_BACKEND, __doc__, _find)
