"""What: a pod reads a Secret, or a key of one, that no overlay makes.

Why: the pod stays in `CreateContainerConfigError` until somebody looks. The Secrets of a stack are generated in the
overlay from its `secrets.env`, so the name, the key and the namespace must agree.

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
        - name: MYSQL_PWD
          valueFrom:
            secretKeyRef:
              name: db-secret
              key: MYSQL_PASSWORD
---
apiVersion: v1
kind: Secret
metadata:
  name: db-secrets
stringData:
  MYSQL_PASSWORD: example
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
        - name: MYSQL_PWD
          valueFrom:
            secretKeyRef:
              name: db-secrets
              key: MYSQL_PASSWORD
---
apiVersion: v1
kind: Secret
metadata:
  name: db-secrets
stringData:
  MYSQL_PASSWORD: example
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.check.references.sources import missing, secrets
from mlkc.diag import output_codes as codes


def _find(given: ObjectSet) -> Iterator[Finding]:
    yield from missing(given, "Secret", secrets(given))


RULE = Rule(codes.UNKNOWN_SECRET, __doc__, _find)
