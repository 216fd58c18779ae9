"""What: an object has a field that its kind does not have in this Kubernetes version.

Why: the server drops an unknown field, with a warning at best. A misspelled `resorces` or a `limits` one level too
high then has no effect, and nobody sees it until the pod is killed.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  selctor:
    app: mlflow
  ports:
    - port: 5000
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-server
spec:
  ports:
    - port: 5000
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas.failure import Failure
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(failure: Failure) -> Iterator[Finding]:
    if failure.error is None:
        return
    known = failure.siblings
    for name in failure.error.kind.as_dict()["unexpected"]:
        pointer = (*failure.pointer, name)
        subject = f"{objects.title(failure.artifact)}: no field {tree.field(pointer)}"
        message = f"{subject} in Kubernetes {failure.store.minor}"
        meant = closest(name, known)
        help_ = f"did you mean `{meant}`?" if meant else f"fields here are {', '.join(sorted(known))}"
        yield Finding(failure.artifact, pointer, message, help_)


RULE = Rule(codes.UNKNOWN_FIELD, __doc__, _find)
