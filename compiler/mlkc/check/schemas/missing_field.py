"""What: an object lacks a field that its kind must have.

Why: the server refuses the object. The schema says which fields are required: a container's name, a deployment's
selector, an ingress path's pathType.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - image: busybox:1.37
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
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas.failure import Failure
from mlkc.diag import output_codes as codes


def _find(failure: Failure) -> Iterator[Finding]:
    if failure.error is None:
        return
    name = failure.error.kind.as_dict()["property"]
    field = tree.field((*failure.pointer, name))
    message = f"{objects.title(failure.artifact)}: the field {field} is missing"
    yield Finding(failure.artifact, failure.pointer, message, f"add {field}")


RULE = Rule(codes.MISSING_FIELD, __doc__, _find)
