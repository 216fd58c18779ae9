"""What: a variable refers to another one that stands after it in the list.

Why: Kubernetes expands `$(NAME)` with what stands before it; a later variable is left as the text `$(NAME)`. In
arguments the order does not matter.

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
        - name: HADOOP_CONF_DIR
          value: $(HADOOP_HOME)/etc/hadoop
        - name: HADOOP_HOME
          value: /opt/hadoop
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
        - name: HADOOP_HOME
          value: /opt/hadoop
        - name: HADOOP_CONF_DIR
          value: $(HADOOP_HOME)/etc/hadoop
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Container, ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.expansion import references


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            yield from _container(container)


def _container(container: Container) -> Iterator[Finding]:
    rows = list(tree.entries(container.body, "env"))
    places = {tree.text(entry, "name"): index for index, entry in rows}
    for index, entry in rows:
        for name in references(tree.text(entry, "value")):
            if places.get(name, -1) > index:
                message = (
                    f"{container.title}: {tree.text(entry, 'name')} refers to {name}, which stands after it"
                )
                pointer = (*container.pointer, "env", index, "value")
                yield Finding(container.artifact, pointer, message, f"put {name} before it")


RULE = Rule(codes.LATE_VARIABLE, __doc__, _find)
