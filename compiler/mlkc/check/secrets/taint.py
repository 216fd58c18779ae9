"""What: a secret would stand in an output: a ConfigMap, an argument, a label, an image's file, a message.

Why: what mlkc writes is committed, reviewed, pushed and shown in logs. A secret belongs in a Secret object, which
the overlay generates from a local file that git ignores; a pod reads it from there by name and key.

Bad:
```yaml
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  MYSQL_PASSWORD: !secret db-secrets/MYSQL_PASSWORD
```

Good:
```yaml
# base/check.yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  containers:
    - name: check
      image: busybox:1.37
      env:
        - name: MYSQL_PASSWORD
          valueFrom:
            secretKeyRef:
              name: db-secrets
              key: MYSQL_PASSWORD
```
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check import objects
from mlkc.check.model import Finding, Rule
from mlkc.diag import codes
from mlkc.diag.diagnostic import InSpec
from mlkc.diag.outcome import Outcome
from mlkc.plan.secret import Secret, SecretLeakError
from mlkc.text.paths import Pointer

T = TypeVar("T")

_HELP = "this is a bug in mlkc: please report it with the spec, and without any password"
# What `repr` writes: the one way a secret becomes text without an error.
_OPENING = "Secret("
_WRITTEN = re.compile(r"Secret\(([-\w.]+)/([-\w.]+)\)")
# The part of an object that a secret was about to reach, by a key on the way to it.
_WAYS = {
    "labels": "a label",
    "annotations": "an annotation",
    "args": "an argument",
    "command": "a command",
    "env": "an environment value",
    "image": "an image reference",
    "name": "a name",
}
_FILES = {
    ArtifactKind.DOCKERFILE: "a Dockerfile",
    ArtifactKind.KUSTOMIZATION: "a kustomization",
    ArtifactKind.JSON_PATCH: "a patch",
    ArtifactKind.MERGE_PATCH: "a patch",
}


def leaks(artifact: Artifact) -> Iterator[tuple[Pointer, str]]:
    """Yields every place of an artifact where a secret stands, with the secret's NAME/KEY."""
    if not _is_clean(artifact.body):
        yield from _leaks(artifact.body, ())


def _is_clean(body: Any) -> bool:
    """Tells at the speed of the JSON encoder that there is none; Kustomize waits for the answer."""
    if isinstance(body, str):
        return _OPENING not in body
    try:
        return _OPENING not in json.dumps(body)
    except TypeError:
        return False


def _leaks(node: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(node, Secret):
        yield pointer, f"{node.name}/{node.key}"
    elif isinstance(node, str):
        for match in _WRITTEN.finditer(node) if _OPENING in node else ():
            yield pointer, f"{match[1]}/{match[2]}"
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaks(key, (*pointer, str(key) if isinstance(key, str) else "?"))
            yield from _leaks(value, (*pointer, key if isinstance(key, str) else "?"))
    elif isinstance(node, (list, tuple)):
        for index, value in enumerate(node):
            yield from _leaks(value, (*pointer, index))


def _find(output: OutputTree) -> Iterator[Finding]:
    intended = (artifact for environment in output.intended.values() for artifact in environment)
    for artifact in (*output.artifacts, *intended):
        for pointer, secret in leaks(artifact):
            message = f"the secret {secret} would stand in {way(artifact, pointer)}"
            yield Finding(artifact, pointer, message, _HELP)


def way(artifact: Artifact, pointer: Pointer) -> str:
    """Names the way out that a secret was about to take: `an argument of Deployment mlflow-server`."""
    if artifact.kind is not ArtifactKind.OBJECT:
        image = "a file of an image" if artifact.path.startswith("images/") else "a file"
        return f"{_FILES.get(artifact.kind, image)}, {artifact.path}"
    if objects.kind(artifact) == "ConfigMap" and pointer[:1] in {("data",), ("binaryData",)}:
        return f"{objects.title(artifact)}"
    found = next((_WAYS[str(part)] for part in pointer if str(part) in _WAYS), "a field")
    return f"{found} of {objects.title(artifact)}"


def without_leak(make: Callable[[], T]) -> Outcome[T]:
    """Runs a stage that may meet a secret on its way into a text, and turns that into a diagnostic.

    Args:
        make: emits or renders; whatever it raises besides SecretLeakError passes through.
    """
    try:
        return Outcome(make())
    except SecretLeakError as error:
        return Outcome(None, (codes.SECRET_IN_OUTPUT.at(InSpec(()), str(error), help=_HELP),))


RULE = Rule(codes.SECRET_IN_OUTPUT, __doc__, _find)
