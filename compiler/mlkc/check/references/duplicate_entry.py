"""What: two entries of a list have the same key: two variables, ports, mounts, volumes or containers of one name.

Why: the server refuses some of them and takes the last of others, and a later patch by key changes only one.

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
      env:
        - name: HADOOP_USER_NAME
          value: hdfs
        - name: HADOOP_USER_NAME
          value: mlflow
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
      env:
        - name: HADOOP_USER_NAME
          value: hdfs
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer


def _find(given: ObjectSet) -> Iterator[Finding]:
    for service in given.of("Service"):
        yield from _list(service, ("spec", "ports"), ("name",))
        yield from _list(service, ("spec", "ports"), ("port", "protocol"))
    for pod in given.pods:
        spec: Pointer = (*pod.pointer, "spec")
        yield from _list(pod.artifact, (*spec, "volumes"), ("name",))
        yield from _list(pod.artifact, (*spec, "hostAliases"), ("ip",))
        yield from _host_names(pod.artifact, (*spec, "hostAliases"))
        yield from _repeated(
            pod.artifact,
            [((*c.pointer, "name"), "containers", tree.text(c.body, "name")) for c in pod.containers()],
        )
        for container in pod.containers():
            yield from _list(pod.artifact, (*container.pointer, "env"), ("name",))
            yield from _list(pod.artifact, (*container.pointer, "ports"), ("name",))
            yield from _list(pod.artifact, (*container.pointer, "ports"), ("containerPort", "protocol"))
            yield from _list(pod.artifact, (*container.pointer, "volumeMounts"), ("mountPath",))


def _list(artifact: Artifact, pointer: Pointer, keys: tuple[str, ...]) -> Iterator[Finding]:
    rows = []
    for index, entry in tree.entries(artifact.body, *pointer):
        if keys[0] in entry:
            value = " ".join(str(entry.get(key, "TCP")) for key in keys)
            rows.append(((*pointer, index, keys[0]), str(pointer[-1]), value))
    yield from _repeated(artifact, rows)


def _host_names(artifact: Artifact, pointer: Pointer) -> Iterator[Finding]:
    """A host name under two addresses: the resolver takes the first line only."""
    rows = []
    for index, entry in tree.entries(artifact.body, *pointer):
        for position, name in tree.texts(entry, "hostnames"):
            rows.append(((*pointer, index, "hostnames", position), "hostAliases", name))
    yield from _repeated(artifact, rows)


def _repeated(artifact: Artifact, rows: list[tuple[Pointer, str, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for pointer, what, value in rows:
        if value in seen:
            place = tree.field(pointer)
            message = (
                f"{objects.title(artifact)}: {tree.show(value)} stands twice in {what}, again at {place}"
            )
            yield Finding(artifact, pointer, message, "leave one of the two out")
        seen.add(value)


RULE = Rule(codes.DUPLICATE_ENTRY, __doc__, _find)
