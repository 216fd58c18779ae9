"""What: an ingress or a route of a Gateway sends to a service, or to a port of one, that is not there.

Why: the controller answers 503 or 500 for such a path, and the server accepts the object all the same.

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
            yield from _backend(given, ingress, pointer, (("name", "name"), ("number", "port")))
    for route in given.of("HTTPRoute"):
        for pointer in _references(route):
            yield from _backend(given, route, pointer, ((None, "port"),))


def _references(route: Artifact) -> Iterator[Pointer]:
    """Yields the places of a route's backends that are services of its own namespace."""
    for rule, entry in tree.entries(route.body, "spec", "rules"):
        for index, backend in tree.entries(entry, "backendRefs"):
            if tree.text(backend, "kind") in {"", "Service"} and not tree.text(backend, "namespace"):
                yield ("spec", "rules", rule, "backendRefs", index)


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


def _backend(
    given: ObjectSet, ingress: Artifact, pointer: Pointer, fields: tuple[tuple[str | None, str], ...]
) -> Iterator[Finding]:
    """Holds one backend against the services.

    Args:
        given: the objects.
        ingress: the object that has the backend.
        pointer: place of the backend.
        fields: the key of its `port` that names one (None where that is the number itself) → the service's field.
    """
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
    for key, field in fields:
        place: Pointer = ("port",) if key is None else ("port", key)
        value = tree.get(backend, place)
        known = [entry.get(field) for entry in ports]
        if value is not None and value not in known:
            message = f"{objects.title(ingress)}: sends to port {tree.show(value)}, which Service {name} does not have"
            help_ = f"its ports are {', '.join(str(port) for port in known if port is not None) or 'none'}"
            yield Finding(ingress, (*pointer, *place), message, help_)


RULE = Rule(codes.UNKNOWN_BACKEND, __doc__, _find)
