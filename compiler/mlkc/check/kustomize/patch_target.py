"""What: a patch for an object that is not among the resources it could change.

Why: Kustomize lets a patch with an unmatched target pass in silence. The change that somebody relies on is then in no
environment.

Bad:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - path: patch.yaml
    target:
      kind: ConfigMap
      name: setting
---
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# base/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: setting
data:
  workers: "2"
```

Good:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - path: patch.yaml
    target:
      kind: ConfigMap
      name: settings
---
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# base/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  workers: "2"
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.model import ArtifactKind, OutputTree
from mlkc.check import objects, tree
from mlkc.check.kustomize.layout import Folder, folders, generated, resources
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(output: OutputTree) -> Iterator[Finding]:
    known = folders(output)
    for folder in known.values():
        there = [(objects.kind(artifact), objects.name(artifact)) for artifact in resources(folder, known)]
        there += [(made.kind, made.name) for made in generated(folder, known)]
        for index, entry in tree.entries(folder.kustomization.body, "patches"):
            yield from _patch(folder, index, entry, there)


def _patch(
    folder: Folder, index: int, entry: Mapping[str, Any], there: list[tuple[str, str]]
) -> Iterator[Finding]:
    path = folder.resolve(tree.text(entry, "path"))
    patch = folder.files.get(path)
    if "path" in entry and patch is None:
        message = f"{folder.kustomization.path}: the patch {path} is not there"
        yield Finding(folder.kustomization, ("patches", index, "path"), message, "take it off the list")
        return
    target = tree.mapping(entry, "target")
    kind, name = tree.text(target, "kind"), tree.text(target, "name")
    if not target and patch is not None and patch.kind is ArtifactKind.MERGE_PATCH:
        kind, name = objects.kind(patch), objects.name(patch)
    if (kind, name) in there:
        return
    names = [known for of, known in there if of == kind]
    meant = closest(name, names) or closest(kind, [of for of, known in there if known == name])
    if meant:
        help_ = f"did you mean `{meant}`?"
    elif names:
        help_ = f"objects of kind {kind} are {', '.join(names)}"
    else:
        help_ = f"kinds that are there: {', '.join(sorted({of for of, _ in there}))}"
    place = patch or folder.kustomization
    pointer = () if patch else ("patches", index)
    yield Finding(
        place, pointer, f"a patch for {kind} {tree.show(name)}, which is not in {folder.path}", help_
    )


RULE = Rule(codes.MISSING_PATCH_TARGET, __doc__, _find)
