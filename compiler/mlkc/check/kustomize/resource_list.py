"""What: a kustomization lists a file or folder that is not there, or leaves out an object that stands beside it.

Why: Kustomize stops at the first and silently forgets the second.

Bad:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - server-service.yaml
```

Good:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
---
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from mlkc.artifact.model import ArtifactKind, OutputTree
from mlkc.check import objects, tree
from mlkc.check.kustomize.layout import folders
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes


def _find(output: OutputTree) -> Iterator[Finding]:
    known = folders(output)
    for folder in known.values():
        listed = set()
        for pointer, entry in folder.named("resources"):
            path = folder.resolve(entry)
            listed.add(path)
            if path not in folder.files and path not in known:
                message = f"{folder.kustomization.path}: lists {tree.show(entry)}, which is not there"
                yield Finding(folder.kustomization, pointer, message, "take it off the list")
        for artifact in output.artifacts:
            beside = posixpath.dirname(artifact.path) == folder.path
            if artifact.kind is ArtifactKind.OBJECT and beside and artifact.path not in listed:
                message = (
                    f"{folder.kustomization.path}: does not list {artifact.path}, {objects.title(artifact)}"
                )
                yield Finding(folder.kustomization, ("resources",), message, "add it to the resources")


RULE = Rule(codes.UNLISTED_RESOURCE, __doc__, _find)
