"""What: an overlay sets the name, tag or digest of an image that no container of the base has.

Why: Kustomize changes nothing then and says nothing; the pods keep the image of the base.

Bad:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - check.yaml
images:
  - name: busy-box
    newTag: "1.37"
---
# overlays/prod/check.yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: check
      image: busybox
```

Good:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - check.yaml
images:
  - name: busybox
    newTag: "1.37"
---
# overlays/prod/check.yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: check
      image: busybox
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import OutputTree
from mlkc.check import tree
from mlkc.check.kustomize.layout import folders, resources
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import object_set
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def repository(reference: str) -> str:
    """Returns an image reference without its tag and digest: what an `images` entry is compared with."""
    name = reference.partition("@")[0]
    head, colon, tag = name.rpartition(":")
    return head if colon and "/" not in tag else name


def _find(output: OutputTree) -> Iterator[Finding]:
    known = folders(output)
    for folder in known.values():
        entries = list(tree.entries(folder.kustomization.body, "images"))
        if not entries:
            continue
        pods = object_set("", resources(folder, known), ()).pods
        used = {
            repository(tree.text(container.body, "image")) for pod in pods for container in pod.containers()
        }
        for index, entry in entries:
            name = tree.text(entry, "name")
            if name not in used:
                meant = closest(name, sorted(used))
                help_ = (
                    f"did you mean `{meant}`?" if meant else f"images are {', '.join(sorted(used)) or 'none'}"
                )
                message = (
                    f"{folder.kustomization.path}: sets the image {tree.show(name)}, which no container has"
                )
                yield Finding(folder.kustomization, ("images", index, "name"), message, help_)


RULE = Rule(codes.UNUSED_IMAGE, __doc__, _find)
