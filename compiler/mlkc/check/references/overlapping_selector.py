"""What: a service whose selector matches the pods of two workloads.

Why: the service sends every other connection to the wrong program, and only some requests fail. Selectors that come
from a running installation are often that wide: one label that all of its pods have.

Bad:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-db
spec:
  selector: {app: mlflow}
  ports: [{port: 3306}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mlflow-db
spec:
  serviceName: mlflow-db
  selector:
    matchLabels: {app: mlflow, component: db}
  template:
    metadata:
      labels: {app: mlflow, component: db}
    spec:
      containers:
        - name: mysql
          image: mysql:8.4.6
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  selector:
    matchLabels: {app: mlflow, component: server}
  template:
    metadata:
      labels: {app: mlflow, component: server}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
```

Good:
```yaml
apiVersion: v1
kind: Service
metadata:
  name: mlflow-db
spec:
  selector: {app: mlflow, component: db}
  ports: [{port: 3306}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mlflow-db
spec:
  serviceName: mlflow-db
  selector:
    matchLabels: {app: mlflow, component: db}
  template:
    metadata:
      labels: {app: mlflow, component: db}
    spec:
      containers:
        - name: mysql
          image: mysql:8.4.6
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  selector:
    matchLabels: {app: mlflow, component: server}
  template:
    metadata:
      labels: {app: mlflow, component: server}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.check.references.selector import matches
from mlkc.diag import output_codes as codes

_HELP = (
    "patch the Service: its selector can change, and each component's pods carry the label "
    "`app.kubernetes.io/component` as well"
)


def _find(given: ObjectSet) -> Iterator[Finding]:
    for service in given.of("Service"):
        selector = tree.mapping(service.body, "spec", "selector")
        namespace = given.namespace_of(service)
        found = [
            objects.title(pod.artifact)
            for pod in given.pods
            if selector and pod.namespace == namespace and matches({"matchLabels": selector}, pod.labels)
        ]
        if len(found) > 1:
            message = f"{objects.title(service)}: its selector matches the pods of {' and '.join(found)}"
            yield Finding(service, ("spec", "selector"), message, _HELP)


RULE = Rule(codes.OVERLAPPING_SELECTOR, __doc__, _find)
