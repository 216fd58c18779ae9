"""What: an environment variable, or a key of a ConfigMap or Secret, whose name the server refuses.

Why: a variable's name is printable ASCII without `=` (up to Kubernetes 1.29: letters, digits, `_`, `-` and `.`, no
digit first). A key of a ConfigMap or Secret is letters, digits, `-`, `_` and `.`. The schemas accept any text.

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
        - name: MLFLOW PORT
          value: "5000"
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
        - name: MLFLOW_PORT
          value: "5000"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.limits import names
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes

# The older, narrower form: a shell can read it, and every version takes it.
_VARIABLE = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")
_HELP = "a variable's name is letters, digits, `_`, `-` and `.`, and no digit first"
_KEY_HELP = "a key is letters, digits, `-`, `_` and `.`"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            for index, entry in tree.entries(container.body, "env"):
                name = tree.text(entry, "name")
                if "name" in entry and not _VARIABLE.fullmatch(name):
                    pointer = (*container.pointer, "env", index, "name")
                    message = f"{container.title}: an environment variable can't be named {tree.show(entry['name'])}"
                    yield Finding(pod.artifact, pointer, message, _HELP)
    for artifact in given.of("ConfigMap", "Secret"):
        for group in ("data", "binaryData", "stringData"):
            for key in tree.mapping(artifact.body, group):
                if not names.is_data_key(key):
                    message = f"{objects.title(artifact)}: {tree.show(key)} can't be a key of {group}"
                    yield Finding(artifact, (group, key), message, _KEY_HELP)


RULE = Rule(codes.INVALID_VARIABLE_NAME, __doc__, _find)
