"""What: a container asks for more of something than its limit lets it use.

Why: the server refuses the pod, and a deployment then simply never gets one. An override or a patch of one of the
two numbers makes this mistake easy.

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
      resources:
        requests:
          memory: 2Gi
        limits:
          memory: 1Gi
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
      resources:
        requests:
          memory: 1Gi
        limits:
          memory: 2Gi
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text import quantity


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            limits = tree.mapping(container.body, "resources", "limits")
            for name, value in tree.mapping(container.body, "resources", "requests").items():
                asked, allowed = _amount(value), _amount(limits.get(name))
                if asked is not None and allowed is not None and asked > allowed:
                    pointer = (*container.pointer, "resources", "requests", name)
                    message = (
                        f"{container.title}: requests {value} of {name}, above its limit of {limits[name]}"
                    )
                    yield Finding(pod.artifact, pointer, message, "raise the limit or lower the request")


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return quantity.parse(value) if isinstance(value, str) else None


RULE = Rule(codes.REQUEST_ABOVE_LIMIT, __doc__, _find)
