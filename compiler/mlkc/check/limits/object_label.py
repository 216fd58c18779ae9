"""What: a label or annotation that the server refuses.

Why: a label's value has at most 63 letters, digits, `-`, `_` and `.`; a key may have a domain and `/` before such a
name. Image references, URLs and long branch names don't fit. The schemas accept any text.

Bad:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels:
    image: registry.example.com/mlflow:3.1
```

Good:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    image: registry.example.com/mlflow:3.1
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.limits import names
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

_KEY = "a key is letters, digits, `-`, `_` and `.`, at most 63 characters, maybe after a domain and `/`"
_VALUE = "a value is letters, digits, `-`, `_` and `.`, at most 63 characters; an annotation takes any text"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for artifact in given.objects:
        yield from _metadata(artifact, ("metadata",))
    for pod in given.pods:
        if pod.pointer:
            yield from _metadata(pod.artifact, (*pod.pointer, "metadata"))


def _metadata(artifact: Artifact, pointer: Pointer) -> Iterator[Finding]:
    for group in ("labels", "annotations"):
        for key, value in tree.mapping(artifact.body, *pointer, group).items():
            place = (*pointer, group, key)
            if not names.is_qualified_name(key):
                where = tree.field((*pointer, group))
                message = f"{objects.title(artifact)}: {tree.show(key)} can't be a key of {where}"
                yield Finding(artifact, place, message, _KEY)
            if group == "labels" and isinstance(value, str) and not names.is_label_value(value):
                message = f"{objects.title(artifact)}: {tree.field(place)} can't be {tree.show(value)}"
                yield Finding(artifact, place, message, _VALUE)


RULE = Rule(codes.INVALID_OBJECT_LABEL, __doc__, _find)
