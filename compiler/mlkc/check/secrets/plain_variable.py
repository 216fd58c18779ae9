"""What: a variable of a container that is a secret by its name has a text as its value.

Why: what the text is stands in the spec and in the overlay, which are committed, and in the pod's description. The spec
and its merge patches are read for it; a JSON patch may give a text to a variable that it does not name.

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
        - {name: API_TOKEN, value: example}
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
        - name: API_TOKEN
          valueFrom: {secretKeyRef: {name: api, key: token}}
---
apiVersion: v1
kind: Secret
metadata:
  name: api
stringData:
  token: example
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import codes
from mlkc.text.secret_names import is_secret


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            for index, entry in tree.entries(container.body, "env"):
                name, value = tree.text(entry, "name"), tree.text(entry, "value")
                if is_secret(name, value):
                    yield Finding(
                        container.artifact,
                        (*container.pointer, "env", index, "value"),
                        f"{container.title}: the variable {name} has a secret as text, which is committed",
                        "put it into a Secret, and name that with `valueFrom.secretKeyRef`",
                    )


RULE = Rule(codes.PLAIN_VARIABLE, __doc__, _find)
