"""The patch for `patches` of a spec that turns one object into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from mlkc.emit.difference import Difference

# What a kustomization makes from files: a patch of it would not be part of the hash in its name.
_FROM_FILES = {
    "ConfigMap": "it changes a ConfigMap, which is made from files",
    "Secret": "it changes a Secret, and a spec has no place for secrets",
}


class Patch(Struct, frozen=True):
    """A patch of one object.

    Attributes:
        kind, name: the object.
        merge: a strategic merge patch, or None.
        operations: a JSON patch where `merge` is None.
    """

    kind: str
    name: str
    merge: Mapping[str, Any] | None
    operations: tuple[Mapping[str, Any], ...] = ()

    def entry(self) -> dict[str, Any]:
        """The entry of the list `patches`."""
        target = {"kind": self.kind, "name": self.name}
        if self.merge is not None:
            return {"target": target, "merge": dict(self.merge)}
        return {"target": target, "json": [dict(operation) for operation in self.operations]}


class Unpatchable(Exception):  # noqa: N818  it is about the change
    """A change that a patch can't make, with the reason."""


def patch_of(old: Any, new: Any) -> Patch | None:
    """Returns the patch that turns `old` into `new`; None if they are equal.

    A merge patch reads best. Where a field is gone it would need a null, which a spec takes for a key that is left
    out; such a change becomes a JSON patch.

    Raises:
        Unpatchable: another object, or one that is made from files.
    """
    if old == new:
        return None
    if not isinstance(new, Mapping) or _identity(old) != _identity(new):
        raise Unpatchable("it is another object now: apiVersion, kind or name changed")
    kind, name = old["kind"], old["metadata"]["name"]
    if kind in _FROM_FILES:
        raise Unpatchable(_FROM_FILES[kind])
    merge = Difference(old, new, {}).patch
    if _has_null(merge):
        return Patch(kind, name, None, tuple(_operations(old, new, "")))
    return Patch(kind, name, merge)


def _identity(body: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    metadata = body.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return body.get("apiVersion"), body.get("kind"), name


def _has_null(node: Any) -> bool:
    if isinstance(node, Mapping):
        return any(_has_null(value) for value in node.values())
    if isinstance(node, list):
        return any(_has_null(value) for value in node)
    return node is None


def _operations(old: Any, new: Any, path: str) -> Iterator[dict[str, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in old:
            at = f"{path}/{_escaped(key)}"
            if key not in new:
                yield {"op": "remove", "path": at}
            else:
                yield from _operations(old[key], new[key], at)
        for key in new:
            if key not in old:
                yield {"op": "add", "path": f"{path}/{_escaped(key)}", "value": new[key]}
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from _operations(*pair, f"{path}/{index}")
    elif type(old) is not type(new) or old != new:
        yield {"op": "replace", "path": path, "value": new}


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
