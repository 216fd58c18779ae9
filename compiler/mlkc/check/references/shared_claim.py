"""What: several pods at a time mount a volume that one node at a time can mount.

Why: a claim that is `ReadWriteOnce` goes to one node. A second pod that lands on another waits for ever, and a
roll-out that starts the new pod before the old one is gone waits with it; on the same node both write to one folder.

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
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: mlflow-data
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mlflow-data
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
```

Good:
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
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: mlflow-data
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mlflow-data
spec:
  accessModes: [ReadWriteMany]
  resources: {requests: {storage: 1Gi}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet
from mlkc.diag import output_codes as codes

_ONE_NODE = frozenset({"ReadWriteOnce", "ReadWriteOncePod"})
_HELP = "make the claim ReadWriteMany on a storage class that has it, or let one pod at a time have it"


def _find(given: ObjectSet) -> Iterator[Finding]:
    single = {
        (given.namespace_of(claim), objects.name(claim))
        for claim in given.of("PersistentVolumeClaim")
        if (modes := {mode for _, mode in tree.texts(claim.body, "spec", "accessModes")})
        and modes <= _ONE_NODE
    }
    for pod in given.pods:
        several = _several(pod.artifact)
        for index, volume in tree.entries(pod.spec, "volumes") if several else ():
            claim = tree.text(volume, "persistentVolumeClaim", "claimName")
            if (pod.namespace, claim) in single:
                message = (
                    f"{objects.title(pod.artifact)}: {several} share the claim {claim}, which one node mounts"
                )
                volume_place = (*pod.pointer, "spec", "volumes", index, "persistentVolumeClaim", "claimName")
                pointer = ("spec", "replicas") if several.endswith("replicas") else volume_place
                yield Finding(pod.artifact, pointer, message, _HELP)


def _several(workload: Artifact) -> str:
    """How more than one pod of a workload comes about; empty where none does."""
    kind = objects.kind(workload)
    replicas = tree.get(workload.body, ("spec", "replicas"))
    if kind in {"Deployment", "StatefulSet", "ReplicaSet"} and isinstance(replicas, int) and replicas > 1:
        return f"{replicas} replicas"
    strategy = tree.mapping(workload.body, "spec", "strategy")
    surge = tree.get(strategy, ("rollingUpdate", "maxSurge"))
    stays_down = replicas == 0 or tree.text(strategy, "type") == "Recreate" or surge in {0, "0", "0%"}
    return "" if kind != "Deployment" or stays_down else "the old and the new pod of a roll-out"


RULE = Rule(codes.SHARED_CLAIM, __doc__, _find)
