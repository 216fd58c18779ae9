"""What: two objects of one environment have the same kind, name and namespace.

Why: Kustomize refuses to render them, and in a cluster the second would overwrite the first.

Bad:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
```

Good:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: more-settings
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes


def _find(given: ObjectSet) -> Iterator[Finding]:
    seen = {(made.kind, made.namespace, made.name): "a generator" for made in given.generated}
    for artifact in given.objects:
        key = objects.kind(artifact), given.namespace_of(artifact), objects.name(artifact)
        if key in seen:
            where = f" in namespace {key[1]}" if key[1] else ""
            message = (
                f"{objects.title(artifact)}: is there twice{where}, in {seen[key]} and in {artifact.path}"
            )
            yield Finding(artifact, ("metadata", "name"), message, "give one of the two another name")
        seen[key] = artifact.path


RULE = Rule(codes.DUPLICATE_OBJECT, __doc__, _find)
