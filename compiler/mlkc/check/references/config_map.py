"""What: a pod reads a ConfigMap, or a key of one, that is not there.

Why: the pod stays in `CreateContainerConfigError` or `ContainerCreating` until somebody looks. A ConfigMap of a
generator is known by its name without the hash.

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
        - name: HDFS_USER
          valueFrom:
            configMapKeyRef:
              name: hadoop
              key: usr
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: hadoop
data:
  user: hdfs
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
        - name: HDFS_USER
          valueFrom:
            configMapKeyRef:
              name: hadoop
              key: user
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: hadoop
data:
  user: hdfs
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.check.references.sources import config_maps, missing
from mlkc.diag import output_codes as codes


def _find(given: ObjectSet) -> Iterator[Finding]:
    yield from missing(given, "ConfigMap", config_maps(given))


RULE = Rule(codes.UNKNOWN_CONFIG_MAP, __doc__, _find)
