"""What: a database's root gets a password, and beside it a variable that means none, or another one.

Why: MySQL's and MariaDB's images take one of them. A random password overrides the one of the Secret, so nobody who
has the Secret gets in; an empty one has no effect beside a password, and misleads whoever reads it.

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: mysql
      image: mysql:8.4.11
      env:
        - name: MYSQL_ROOT_PASSWORD
          valueFrom: {secretKeyRef: {name: db-secrets, key: MYSQL_ROOT_PASSWORD, optional: true}}
        - name: MYSQL_ALLOW_EMPTY_PASSWORD
          value: "yes"
```

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: mysql
      image: mysql:8.4.11
      env:
        - name: MYSQL_ROOT_PASSWORD
          valueFrom: {secretKeyRef: {name: db-secrets, key: MYSQL_ROOT_PASSWORD, optional: true}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog.database import VARIABLES
from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Container, ObjectSet
from mlkc.diag import output_codes as codes

_OF_ROOT = {one.name: one for one in VARIABLES if one.role == "root-password"}


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for container in pod.containers():
            yield from _container(container)


def _container(container: Container) -> Iterator[Finding]:
    rows = [
        (index, _OF_ROOT.get(tree.text(entry, "name")))
        for index, entry in tree.entries(container.body, "env")
    ]
    password = next((one for _, one in rows if one and one.secret), None)
    if password is None:
        return
    for index, one in rows:
        if one and not one.secret:
            pointer = (*container.pointer, "env", index, "name")
            message = f"{container.title}: {one.name} stands beside {password.name}"
            yield Finding(container.artifact, pointer, message, f"delete {one.name}. {one.about}")


RULE = Rule(codes.SEVERAL_ROOT_PASSWORDS, __doc__, _find)
