"""What: a pod uses a PersistentVolumeClaim that is not there.

Why: the pod stays pending. A StatefulSet's own claim templates are not references; they make their claims.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-db
spec:
  containers:
    - name: mysql
      image: mysql:8.4.6
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: mlflow-mysql
---
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

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: mlflow-db
spec:
  containers:
    - name: mysql
      image: mysql:8.4.6
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: mlflow-db
---
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

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest

_KIND = "PersistentVolumeClaim"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for index, volume in tree.entries(pod.spec, "volumes"):
            claim = tree.text(volume, "persistentVolumeClaim", "claimName")
            if not claim or given.has(_KIND, pod.namespace, claim):
                continue
            known = given.names(_KIND, pod.namespace)
            meant = closest(claim, known)
            help_ = f"did you mean `{meant}`?" if meant else f"claims are {', '.join(known) or 'none'}"
            message = (
                f"{objects.title(pod.artifact)}: uses the volume claim {tree.show(claim)}, which is not there"
            )
            pointer = (*pod.pointer, "spec", "volumes", index, "persistentVolumeClaim", "claimName")
            yield Finding(pod.artifact, pointer, message, help_)


RULE = Rule(codes.UNKNOWN_CLAIM, __doc__, _find)
