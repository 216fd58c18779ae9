"""What: a kustomization or patch file with a field that is unknown, deprecated or of the wrong type.

Why: Kustomize warns of deprecated fields (`commonLabels`, `patchesStrategicMerge`, `bases`) and will drop them; a
wrong type it reports without saying where.

Bad:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
commonLabels:
  app: mlflow
```

Good:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - pairs:
      app: mlflow
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.shapes.engine import cerberus
from mlkc.check.shapes.kustomization import DEPRECATED, KUSTOMIZATION
from mlkc.check.shapes.patch import JSON_PATCH, MERGE_PATCH
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest

_OPERATIONS = "operations"
_SHAPES = {
    ArtifactKind.KUSTOMIZATION: KUSTOMIZATION,
    ArtifactKind.JSON_PATCH: JSON_PATCH,
    ArtifactKind.MERGE_PATCH: MERGE_PATCH,
}


def _find(output: OutputTree) -> Iterator[Finding]:
    shapes: dict[ArtifactKind, Any] = {}
    for artifact in output.artifacts:
        if artifact.kind not in _SHAPES:
            continue
        if artifact.kind not in shapes:
            shapes[artifact.kind] = _validator(artifact.kind)
        document = artifact.body
        if artifact.kind is ArtifactKind.JSON_PATCH:
            document = {_OPERATIONS: document}
        yield from _problems(shapes[artifact.kind], artifact, document)


def _validator(kind: ArtifactKind) -> Any:
    library = cerberus()
    # Cerberus would check our own constant against its rules for schemas first, 16 ms of 20; a test does that.
    shape = library.schema.UnvalidatedSchema(_SHAPES[kind])
    return library.Validator(shape, allow_unknown=kind is ArtifactKind.MERGE_PATCH)


def _problems(validator: Any, artifact: Artifact, document: Any) -> Iterator[Finding]:
    if not isinstance(document, Mapping):
        yield Finding(
            artifact, (), f"{artifact.path}: is {tree.show(document)}, not a mapping", "write a mapping"
        )
    elif not validator.validate(document, normalize=False):
        for error in validator._errors:  # noqa: SLF001  the public form has lost the places
            yield from _flat(artifact, error)


def _flat(artifact: Artifact, error: Any) -> Iterator[Finding]:
    if error.is_group_error:
        for child in error.child_errors:
            yield from _flat(artifact, child)
        return
    place = error.document_path
    pointer = place[1:] if place[:1] == (_OPERATIONS,) else place
    yield Finding(artifact, pointer, f"{artifact.path}: {_says(error, tree.field(pointer))}", _help(error))


def _says(error: Any, field: str) -> str:
    if error.rule is None:
        return f"{field} is deprecated" if error.field in DEPRECATED else f"no field {field} is known"
    if error.rule == "required":
        return f"{field} is missing"
    value, constraint = tree.show(error.value), error.constraint
    if error.rule == "oneof":
        return f"{field} is no operation of a JSON patch: {value}"
    words = {
        "type": f"of type {constraint}",
        "allowed": f"one of {constraint}",
        "empty": "a text with something in it",
        "min": f"at least {constraint}",
        "minlength": "a list with something in it",
        "regex": "a JSON Pointer",
    }
    return f"{field} is {value}, not {words.get(error.rule, error.rule)}"


def _help(error: Any) -> str:
    if error.rule is not None:
        return "correct the value, or leave the field out"
    if error.field in DEPRECATED:
        return f"write `{DEPRECATED[error.field]}`"
    meant = closest(str(error.field), KUSTOMIZATION)
    return f"did you mean `{meant}`?" if meant else "leave it out"


RULE = Rule(codes.INVALID_KUSTOMIZATION, __doc__, _find)
