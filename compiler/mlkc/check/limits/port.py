"""What: a port number outside 1 to 65535, or a port name that the server refuses.

Why: a port's name has at most 15 lower-case letters, digits and single `-`, with a letter among them. The schemas
accept any number, 0 too, and any text. A service with several ports must name each.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  ports:
    - name: http
      port: 0
```

Good:
```yaml
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
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.limits import names
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

_NAME = "a port's name is lower-case letters, digits and `-`, at most 15 characters, one of them a letter"
_NUMBER = "a port is a number from 1 to 65535"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            for index, entry in tree.entries(container.body, "ports"):
                pointer = (*container.pointer, "ports", index)
                yield from _entry(pod.artifact, pointer, entry, ("containerPort",))
    for service in given.of("Service"):
        ports = list(tree.entries(service.body, "spec", "ports"))
        for index, entry in ports:
            yield from _entry(service, ("spec", "ports", index), entry, ("port", "targetPort"))
            if len(ports) > 1 and "name" not in entry:
                message = f"{objects.title(service)}: one of several ports, spec.ports[{index}], has no name"
                yield Finding(service, ("spec", "ports", index), message, "name every port of the service")


def _entry(artifact: Artifact, pointer: Pointer, entry: Any, fields: tuple[str, ...]) -> Iterator[Finding]:
    for key in fields:
        value = entry.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and not 0 < value < 65536:
            yield _finding(artifact, (*pointer, key), value, _NUMBER)
    for key in ("name", "targetPort"):
        value = entry.get(key)
        if isinstance(value, str) and not names.is_port_name(value):
            yield _finding(artifact, (*pointer, key), value, _NAME)


def _finding(artifact: Artifact, pointer: Pointer, value: Any, help_: str) -> Finding:
    message = f"{objects.title(artifact)}: {tree.field(pointer)} can't be {tree.show(value)}"
    return Finding(artifact, pointer, message, help_)


RULE = Rule(codes.INVALID_PORT, __doc__, _find)
