"""What: an overlay renders to something else than the plan says.

Why: an overlay holds only what differs from the base, so the objects that a cluster gets are the work of patches,
images, replicas and generators together. Each is compared, field by field, with the object that the plan means for
the environment; a difference is a bug of mlkc. Objects that a patch of yours changes are left out of the comparison.

Bad:
```yaml
# overlays/prod (rendered)
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: mlflow
data:
  workers: "1"
---
# overlays/prod (intended)
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: mlflow
data:
  workers: "4"
```

Good:
```yaml
# overlays/prod (rendered)
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: mlflow
data:
  workers: "4"
---
# overlays/prod (intended)
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: mlflow
data:
  workers: "4"
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import Generated
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

# Lists whose order means nothing, with the key of an entry; the strategic merge of Kustomize reorders them.
_KEYS = {
    "containers": "name",
    "initContainers": "name",
    "env": "name",
    "ports": "name",
    "volumes": "name",
    "volumeMounts": "mountPath",
    "hostAliases": "ip",
    "topologySpreadConstraints": "topologyKey",
    "imagePullSecrets": "name",
}
_SHOWN = 5
_MISSING = object()
_HELP = "this is a bug in mlkc: please report it with the spec"


class Comparison(Struct, frozen=True):
    """An overlay's rendering beside what it should be.

    Attributes:
        folder: `overlays/NAME`.
        rendered: the objects, with generated names normalised.
        intended: the objects that the plan means, before the user's patches.
        generated: what generators add to them.
        patched: kind and name of the objects that the user's patches change.
    """

    folder: str
    rendered: tuple[Artifact, ...]
    intended: tuple[Artifact, ...]
    generated: tuple[Generated, ...]
    patched: frozenset[tuple[str, str]]


def _identity(artifact: Artifact) -> tuple[str, str]:
    return objects.kind(artifact), objects.name(artifact)


def _find(given: Comparison) -> Iterator[Finding]:
    rendered = {_identity(artifact): artifact for artifact in given.rendered}
    # A patched object that is not there may be there under the name or kind that the patch gave it.
    renamed = False
    for intended in given.intended:
        key = _identity(intended)
        found = rendered.pop(key, None)
        if key in given.patched:
            renamed = renamed or found is None
            continue
        if found is None:
            yield _absent(given, intended)
        elif not same(intended.body, found.body):
            yield from _differences(given.folder, intended, found)
    for made in given.generated:
        found = rendered.pop((made.kind, made.name), None)
        if (made.kind, made.name) not in given.patched:
            yield from _generated(given, made, found)
    for key, artifact in rendered.items():
        if key not in given.patched and not renamed:
            message = f"{given.folder} renders {objects.title(artifact)}, which the plan does not have"
            yield Finding(artifact, (), message, _HELP)


def _absent(given: Comparison, intended: Artifact) -> Finding:
    message = f"{given.folder} does not render {objects.title(intended)}, which the plan has"
    return Finding(intended, (), message, _HELP)


def _generated(given: Comparison, made: Generated, found: Artifact | None) -> Iterator[Finding]:
    """A generated object has the namespace, the keys and, where they are known, the texts of its sources."""
    body = {
        "apiVersion": "v1",
        "kind": made.kind,
        "metadata": {"name": made.name, "namespace": made.namespace},
    }
    meant = Artifact(f"{given.folder}/kustomization.yaml", ArtifactKind.OBJECT, body)
    if found is None:
        yield _absent(given, meant)
        return
    data = tree.mapping(found.body, "data")
    wanted = {key: data.get(key, "…") if text is None else text for key, text in (made.data or data).items()}
    for part, mine, theirs in (
        (
            ("metadata", "namespace"),
            made.namespace,
            tree.get(found.body, ("metadata", "namespace")) or "default",
        ),
        (("data",), wanted, data),
    ):
        yield from _report(given.folder, meant, list(_compare(mine, theirs, part)))


def same(intended: Any, rendered: Any) -> bool:
    """Tells whether two objects say the same, their types too; the order of keyed lists does not matter."""
    if json.dumps(intended, sort_keys=True) == json.dumps(rendered, sort_keys=True):
        return True
    return not any(True for _ in _compare(intended, rendered, ()))


def _differences(folder: str, intended: Artifact, rendered: Artifact) -> Iterator[Finding]:
    yield from _report(folder, intended, list(_compare(intended.body, rendered.body, ())))


def _report(folder: str, meant: Artifact, found: list[tuple[Pointer, Any, Any]]) -> Iterator[Finding]:
    for pointer, wanted, got in found[:_SHOWN]:
        says = "is not there" if got is _MISSING else f"is {tree.show(got)}"
        means = "nothing" if wanted is _MISSING else tree.show(wanted)
        message = f"{folder}: {objects.title(meant)}: {tree.field(pointer)} {says}, the plan says {means}"
        yield Finding(meant, pointer, message, _HELP)


def _compare(wanted: Any, got: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Any, Any]]:
    """Yields every difference; the pointers are those of the intended object where it has the part."""
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        for key in dict.fromkeys((*wanted, *got)):
            yield from _compare(wanted.get(key, _MISSING), got.get(key, _MISSING), (*pointer, key))
    elif isinstance(wanted, list) and isinstance(got, list):
        yield from _compare_lists(wanted, got, pointer)
    elif type(wanted) is not type(got) or wanted != got:
        yield pointer, wanted, got


def _compare_lists(wanted: list[Any], got: list[Any], pointer: Pointer) -> Iterator[tuple[Pointer, Any, Any]]:
    key = _KEYS.get(str(pointer[-1])) if pointer else None
    mine, theirs = _keyed(wanted, key), _keyed(got, key)
    places = {name: index for index, name in enumerate(mine)}
    for name in dict.fromkeys((*mine, *theirs)):
        place = (*pointer, places.get(name, len(wanted)))
        yield from _compare(mine.get(name, _MISSING), theirs.get(name, _MISSING), place)


def _keyed(entries: list[Any], key: str | None) -> dict[Any, Any]:
    """The entries by their key; by their index when they have none or one stands twice."""
    if key is not None:
        by_key = {name: entry for entry in entries if (name := tree.text(entry, key))}
        if len(by_key) == len(entries):
            return by_key
    return dict(enumerate(entries))


RULE = Rule(codes.UNFAITHFUL_OVERLAY, __doc__, _find)
