"""The strategic merge patch that turns one object into another.

An overlay says only what differs. Both objects are emitted whole by the same code, and this is their difference; the
check room proves that Kustomize turns it back into the object that was meant.

Lists that Kubernetes merges by a key are merged by it; every other list is replaced as a whole. Source of the keys:
`patchMergeKey` in https://github.com/kubernetes/api (apps/v1, core/v1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlkc.text.expansion import references
from mlkc.text.paths import PlanPath, Pointer

# A list's field → the keys that its elements are merged by; the first that the elements have counts.
MERGE_KEYS: dict[str, tuple[str, ...]] = {
    "containers": ("name",),
    "initContainers": ("name",),
    "env": ("name",),
    "volumes": ("name",),
    "volumeMounts": ("mountPath",),
    "imagePullSecrets": ("name",),
    "hostAliases": ("ip",),
    "topologySpreadConstraints": ("topologyKey",),
    # containerPort in a pod, port in a Service.
    "ports": ("containerPort", "port"),
}
_ABSENT: Any = object()

Origins = dict[Pointer, PlanPath]


class Difference:
    """Computes one patch and keeps the origins of its parts.

    Attributes:
        patch: the fields that differ, or an empty mapping.
        origins: pointer into the patch → plan path, from the wanted object's origins.
    """

    def __init__(
        self, base: Mapping[str, Any], wanted: Mapping[str, Any], origins: Mapping[Pointer, PlanPath]
    ) -> None:
        self._wanted_origins = origins
        self.origins: Origins = {}
        patch = self._mapping(base, wanted, (), ())
        self.patch: dict[str, Any] = {} if patch is _ABSENT else patch

    def _take(self, value: Any, at: Pointer, to: Pointer) -> Any:
        """Copies a whole subtree of the wanted object, with its origins."""
        size = len(at)
        nearest = next(
            (self._wanted_origins[at[:n]] for n in range(size, -1, -1) if at[:n] in self._wanted_origins),
            None,
        )
        if nearest is not None:
            self.origins[to] = nearest
        for pointer, path in self._wanted_origins.items():
            if pointer[:size] == at:
                self.origins[(*to, *pointer[size:])] = path
        return value

    def _node(self, base: Any, wanted: Any, field: str, at: Pointer, to: Pointer) -> Any:
        if base == wanted:
            return _ABSENT
        if isinstance(base, Mapping) and isinstance(wanted, Mapping):
            return self._mapping(base, wanted, at, to)
        if isinstance(base, list) and isinstance(wanted, list):
            key = _merge_key(field, [*base, *wanted])
            if key is not None:
                return self._keyed(base, wanted, key, at, to)
        return self._take(wanted, at, to)

    def _mapping(self, base: Mapping[str, Any], wanted: Mapping[str, Any], at: Pointer, to: Pointer) -> Any:
        changes: dict[str, Any] = {}
        for key, value in wanted.items():
            there, here = (*at, key), (*to, key)
            if key not in base:
                changes[key] = self._take(value, there, here)
                continue
            change = self._node(base[key], value, key, there, here)
            if change is not _ABSENT:
                changes[key] = change
        for key in base:
            if key not in wanted:
                changes[key] = self._take(None, at, (*to, key))
        return changes or _ABSENT

    def _keyed(self, base: list[Any], wanted: list[Any], key: str, at: Pointer, to: Pointer) -> Any:
        old = {element[key]: element for element in base}
        changes: list[Any] = []
        referred = _referred(old, wanted) if at[-1] == "env" else frozenset()
        for index, element in enumerate(wanted):
            there, here = (*at, index), (*to, len(changes))
            before = old.get(element[key])
            if before is None or (before == element and element[key] in referred):
                changes.append(self._take(element, there, here))
            elif before != element:
                changes.append({key: element[key], **self._mapping(before, element, there, here)})
        kept = {element[key] for element in wanted}
        for name in old:
            if name not in kept:
                here = (*to, len(changes))
                changes.append(self._take({"$patch": "delete", key: name}, at, here))
        return changes or _ABSENT


def _referred(old: Mapping[str, Any], wanted: list[Any]) -> frozenset[str]:
    """Variables that changed ones refer to by `$(NAME)`.

    Kustomize puts what a patch has before what the base has, and a reference to a variable further below is none.
    """
    found: set[str] = set()
    for element in reversed(wanted):
        changed = element["name"] in found or old.get(element["name"]) != element
        if changed and "$(" in str(element.get("value")):
            found.update(references(element["value"]))
    return frozenset(found)


def _merge_key(field: str, elements: list[Any]) -> str | None:
    for key in MERGE_KEYS.get(field, ()):
        if all(isinstance(element, Mapping) and key in element for element in elements):
            return key
    return None
