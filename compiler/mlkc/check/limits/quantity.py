"""What: an amount of processor, memory or storage that the server can't read.

Why: units are those of Kubernetes, `Gi` and not `GiB` or `gb`, and no blank stands before them. The schemas accept
any text.

Bad:
```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mlflow-db
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 20GiB
```

Good:
```yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mlflow-db
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 20Gi
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text import quantity
from mlkc.text.paths import Pointer

# Wider than what the spec takes: a user's patch may write exponents, a sign or the smallest units.
_QUANTITY = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i|)")


def _find(given: ObjectSet) -> Iterator[Finding]:
    for artifact in given.objects:
        for group in ("requests", "limits"):
            yield from _amounts(artifact, ("spec", "resources", group))
        for index, _ in tree.entries(artifact.body, "spec", "volumeClaimTemplates"):
            yield from _amounts(
                artifact, ("spec", "volumeClaimTemplates", index, "spec", "resources", "requests")
            )
    for pod in given.pods:
        for container in pod.containers():
            for group in ("requests", "limits"):
                yield from _amounts(pod.artifact, (*container.pointer, "resources", group))
        for index, _ in tree.entries(pod.spec, "volumes"):
            yield from _amounts(
                pod.artifact, (*pod.pointer, "spec", "volumes", index, "emptyDir"), ("sizeLimit",)
            )


def _amounts(artifact: Artifact, pointer: Pointer, keys: tuple[str, ...] | None = None) -> Iterator[Finding]:
    for key, value in tree.mapping(artifact.body, *pointer).items():
        if (keys is None or key in keys) and isinstance(value, str) and not _QUANTITY.fullmatch(value):
            place = (*pointer, key)
            meant = quantity.nearest(value)
            message = f"{objects.title(artifact)}: {tree.field(place)} can't be {tree.show(value)}"
            yield Finding(
                artifact,
                place,
                message,
                f"did you mean `{meant}`?" if meant else "write `500m`, `2` or `4Gi`",
            )


RULE = Rule(codes.REFUSED_QUANTITY, __doc__, _find)
