"""What: a container mounts a volume that its pod does not have.

Why: the server refuses the pod. It happens when a patch replaces the list of volumes, or names one wrongly.

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
      volumeMounts:
        - name: scratch
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir: {}
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
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir: {}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet, Pod
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        volumes = _volumes(pod)
        for container in pod.containers():
            for index, mount in tree.entries(container.body, "volumeMounts"):
                name = tree.text(mount, "name")
                if name in volumes:
                    continue
                meant = closest(name, volumes)
                help_ = (
                    f"did you mean `{meant}`?" if meant else f"its volumes are {', '.join(volumes) or 'none'}"
                )
                message = (
                    f"{container.title}: mounts the volume {tree.show(name)}, which the pod does not have"
                )
                yield Finding(
                    pod.artifact, (*container.pointer, "volumeMounts", index, "name"), message, help_
                )


def _volumes(pod: Pod) -> list[str]:
    names = [tree.text(volume, "name") for _, volume in tree.entries(pod.spec, "volumes")]
    claims = tree.entries(pod.artifact.body, "spec", "volumeClaimTemplates")
    return names + [tree.text(claim, "metadata", "name") for _, claim in claims]


RULE = Rule(codes.UNKNOWN_VOLUME, __doc__, _find)
