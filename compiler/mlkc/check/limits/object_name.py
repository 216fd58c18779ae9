"""What: an object, container or volume whose name the server refuses, or that has none.

Why: names become host names and file names. Most objects take a DNS subdomain of at most 253 characters; a service
takes a label of at most 63 that begins with a letter; namespaces, containers and volumes take a label. The schemas
accept any text.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: 3_mlflow
spec:
  ports:
    - port: 5000
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-3
spec:
  ports:
    - port: 5000
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.limits import names
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

_LABEL = "lower-case letters, digits and `-`, at most 63 characters"
_SERVICE = f"{_LABEL}, a letter first"
_SUBDOMAIN = "lower-case letters, digits, `-` and `.`, at most 253 characters"
# ':' is allowed in the names of roles and their bindings only.
_FREE = {"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"}


def _find(given: ObjectSet) -> Iterator[Finding]:
    for artifact in given.objects:
        kind = objects.kind(artifact)
        test, form = names.is_subdomain, _SUBDOMAIN
        if kind == "Service":
            test, form = names.is_service_name, _SERVICE
        elif kind == "Namespace":
            test, form = names.is_dns_label, _LABEL
        if kind not in _FREE and not tree.get(artifact.body, ("metadata", "generateName")):
            yield from _one(artifact, ("metadata", "name"), test, form)
    for pod in given.pods:
        for container in pod.containers():
            yield from _one(pod.artifact, (*container.pointer, "name"), names.is_dns_label, _LABEL)
        for index, _ in tree.entries(pod.spec, "volumes"):
            yield from _one(
                pod.artifact, (*pod.pointer, "spec", "volumes", index, "name"), names.is_dns_label, _LABEL
            )


def _one(artifact: Artifact, pointer: Pointer, test: Callable[[str], bool], form: str) -> Iterator[Finding]:
    name = tree.get(artifact.body, pointer)
    if name is None and pointer == ("metadata", "name"):
        message = f"{artifact.path}: a {objects.kind(artifact) or 'file'} without metadata.name"
        yield Finding(artifact, (), message, "add metadata.name")
    elif isinstance(name, str) and not test(name):
        message = f"{objects.title(artifact)}: {tree.field(pointer)} can't be {tree.show(name)}"
        yield Finding(artifact, pointer, message, f"a name here is {form}")


RULE = Rule(codes.INVALID_OBJECT_NAME, __doc__, _find)
