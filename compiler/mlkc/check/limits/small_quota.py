"""What: a quota that the stack's own pods and claims don't fit into.

Why: what a quota has no room for is refused when it is made. The old pods go on, so a roll-out hangs half-way, an
autoscaler stops below its maximum, a backup has no pod; and whoever looks finds it in the events of a ReplicaSet only.
A quota of limits refuses every container without that limit, whatever room is left.

Bad:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  replicas: 2
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
  selector:
    matchLabels: {app: mlflow}
  template:
    metadata:
      labels: {app: mlflow}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
          resources: {requests: {cpu: 500m, memory: 1Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: mlflow
spec:
  hard: {requests.cpu: "1", requests.memory: 4Gi}
```

Good:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mlflow
spec:
  replicas: 2
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
  selector:
    matchLabels: {app: mlflow}
  template:
    metadata:
      labels: {app: mlflow}
    spec:
      containers:
        - name: mlflow
          image: mlflow:3.1
          resources: {requests: {cpu: 500m, memory: 1Gi}}
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: mlflow
spec:
  hard: {requests.cpu: "2", requests.memory: 4Gi}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.limits import demand
from mlkc.check.limits.demand import Share
from mlkc.check.limits.executors import executors
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes

# A quota counts requests under two names.
_SAME = {"cpu": "requests.cpu", "memory": "requests.memory", "count/pods": "pods"}
_BYTES = {"requests.memory", "limits.memory", "requests.storage"}


def _find(given: ObjectSet) -> Iterator[Finding]:
    for quota in given.of("ResourceQuota"):
        if tree.get(quota.body, ("spec", "scopes")) or tree.get(quota.body, ("spec", "scopeSelector")):
            continue  # it counts some of the pods only
        for key, value in tree.mapping(quota.body, "spec", "hard").items():
            allowed = demand.amount(value)
            if allowed is not None:
                yield from _resource(given, quota, key, allowed)


def _resource(given: ObjectSet, quota: Artifact, key: str, allowed: Decimal) -> Iterator[Finding]:
    pointer, name = ("spec", "hard", key), _SAME.get(key, key)
    shares = list(_shares(given, given.namespace_of(quota), name))
    unknown = [share.title for share in shares if share.each is None]
    if unknown:
        yield Finding(
            quota,
            pointer,
            f"{objects.title(quota)}: counts {key}, so that what does not say it is refused: {', '.join(unknown)}",
            "write the amount for each container, a LimitRange with a default, or leave it out of the quota",
        )
        return
    asked = sum((share.pods * (share.each or Decimal(0)) for share in shares), Decimal(0))
    if asked > allowed:
        lines = (
            f"{share.title}: {share.pods} of {_shown(share.each or Decimal(0), name)}" for share in shares
        )
        yield Finding(
            quota,
            pointer,
            f"{objects.title(quota)}: allows {_shown(allowed, name)} of {key}, and the stack needs up to "
            f"{_shown(asked, name)}",
            f"write {_shown(asked, name)} or more, or ask for less",
            notes=tuple(lines),
        )


def _shares(given: ObjectSet, namespace: str, name: str) -> Iterator[Share]:
    kind, _, resource = name.partition(".")
    if kind in demand.KINDS and resource in ("cpu", "memory"):
        yield from demand.shares(given, namespace, kind, resource)
    elif name == "pods":
        for pod in given.pods:
            if pod.namespace == namespace and demand.most_pods(given, pod):
                yield Share(objects.title(pod.artifact), demand.most_pods(given, pod), Decimal(1))
        yield from (Share(one.title, one.count, Decimal(1)) for one in executors(given, namespace))
    elif name in ("requests.storage", "persistentvolumeclaims"):
        for claim in given.of("PersistentVolumeClaim"):
            size = tree.get(claim.body, ("spec", "resources", "requests", "storage"))
            each = Decimal(1) if name == "persistentvolumeclaims" else demand.amount(size)
            if given.namespace_of(claim) == namespace:
                yield Share(objects.title(claim), 1, each)


def _shown(value: Decimal, name: str) -> str:
    if name in _BYTES:
        for unit, size in (("Gi", 2**30), ("Mi", 2**20), ("Ki", 2**10)):
            if value and value % size == 0:
                return f"{value // size}{unit}"
        return str(value.normalize())
    return str(int(value)) if value == int(value) else f"{int(value * 1000)}m"


RULE = Rule(codes.SMALL_QUOTA, __doc__, _find)
