"""What: several pods of a server whose metadata is in a file.

Why: SQLite is for one machine, and a path or a `file:` store is a folder of the pod: with more than one pod, each has
runs that the others don't know, or on a shared volume they damage one file.

Bad:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  replicas: 2
  selector:
    matchLabels: {app: mlflow}
  template:
    metadata:
      labels: {app: mlflow}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
          args: [--backend-store-uri, "sqlite:////data/mlflow.db"]
```

Good:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  replicas: 1
  selector:
    matchLabels: {app: mlflow}
  template:
    metadata:
      labels: {app: mlflow}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
          args: [--backend-store-uri, "sqlite:////data/mlflow.db"]
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

# https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/: what `--backend-store-uri` takes.
_OPTION = "--backend-store-uri"
_VARIABLE = "MLFLOW_BACKEND_STORE_URI"
_FILE = "DB_FILE"
_LOCAL = re.compile(r"(sqlite|file):.*|[./][^:]*")
_HELP = "keep the metadata in a database server, or run one pod"


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        stores = [
            store for _, container in tree.entries(pod.spec, "containers") for store in _stores(container)
        ]
        several = _several(given, pod.artifact, pod.namespace) if stores else None
        if several is not None:
            holder, pointer, how = several
            message = f"{objects.title(pod.artifact)}: {how}, and its metadata is in the file {tree.show(stores[0])}"
            yield Finding(holder, pointer, message, _HELP)


def _stores(container: Any) -> Iterator[str]:
    """The stores of one machine that a container is told to use."""
    words = [word for field in ("command", "args") for _, word in tree.texts(container, field)]
    named = [after for word, after in pairwise(words) if word == _OPTION]
    named += [word.partition("=")[2] for word in words if word.startswith(f"{_OPTION}=")]
    for _, entry in tree.entries(container, "env"):
        if tree.text(entry, "name") == _VARIABLE:
            named.append(tree.text(entry, "value"))
        # What the programs of our own images make the store from.
        if tree.text(entry, "name") == _FILE:
            named.append(f"sqlite:///{tree.text(entry, 'value')}")
    yield from (store for store in named if _LOCAL.fullmatch(store))


def _several(given: ObjectSet, workload: Artifact, namespace: str) -> tuple[Artifact, Pointer, str] | None:
    """What gives a workload more than one pod, and where that is said."""
    replicas = tree.get(workload.body, ("spec", "replicas"))
    if isinstance(replicas, int) and replicas > 1:
        return workload, ("spec", "replicas"), f"{replicas} replicas"
    for scaler in given.of("HorizontalPodAutoscaler"):
        target = tree.mapping(scaler.body, "spec", "scaleTargetRef")
        most = tree.get(scaler.body, ("spec", "maxReplicas"))
        mine = (tree.text(target, "kind"), tree.text(target, "name"), given.namespace_of(scaler))
        same = mine == (objects.kind(workload), objects.name(workload), namespace)
        if same and isinstance(most, int) and most > 1:
            return scaler, ("spec", "maxReplicas"), f"an autoscaler of up to {most} replicas"
    return None


RULE = Rule(codes.LOCAL_STORE, __doc__, _find)
