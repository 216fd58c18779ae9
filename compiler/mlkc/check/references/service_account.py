"""What: a pod runs as a service account that is not there.

Why: the server refuses the pods, and their workload only says so in its events. `default` is in every namespace.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  serviceAccountName: mlflow
  containers:
    - name: check
      image: busybox:1.37
```

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  serviceAccountName: mlflow
  containers:
    - name: check
      image: busybox:1.37
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: mlflow
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        name = tree.text(pod.spec, "serviceAccountName")
        if name in {"", "default"} or given.has("ServiceAccount", pod.namespace, name):
            continue
        known = given.names("ServiceAccount", pod.namespace)
        meant = closest(name, known)
        help_ = (
            f"did you mean `{meant}`?" if meant else f"service accounts are {', '.join(['default', *known])}"
        )
        message = f"{objects.title(pod.artifact)}: runs as the service account {tree.show(name)}, which is not there"
        yield Finding(pod.artifact, (*pod.pointer, "spec", "serviceAccountName"), message, help_)


RULE = Rule(codes.UNKNOWN_SERVICE_ACCOUNT, __doc__, _find)
