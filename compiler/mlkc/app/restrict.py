"""A live object cut down to what can be compared with the one that the spec renders.

An API server fills in defaults, and controllers write fields of their own: what nobody asked for is no change. So of
a live object only those fields count that the rendered one sets, and those that the last apply set and the rendered one
does not: the next apply removes them. This is what `kubectl apply` itself compares
(https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#merge-patch-calculation).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from mlkc.app.compare import merge_key
from mlkc.check import tree
from mlkc.text.quantity import parse

_LAST_APPLIED: Final = "kubectl.kubernetes.io/last-applied-configuration"
# Those who apply a whole overlay server-side: kubectl, Argo CD and Flux. What other managers own stays.
_MANAGERS: Final = frozenset({"kubectl", "argocd-controller", "kustomize-controller"})
_AMOUNTS: Final = frozenset({"limits", "requests", "sizeLimit", "averageValue", "divisor"})


def restricted(wanted: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
    """Cuts a live object down.

    Args:
        wanted: the object that the spec renders.
        live: the object in the cluster, with its managed fields.

    Returns:
        The live values of the fields that an apply of `wanted` would set or remove.
    """
    found: dict[str, Any] = _mapping(wanted, live, applied(live), ())
    return found


def applied(live: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns what the last apply set: kubectl's note of it, else the fields that server-side apply knows of."""
    noted = tree.text(live, "metadata", "annotations", _LAST_APPLIED)
    if noted:
        try:
            found = json.loads(noted)
        except ValueError:
            found = None
        return found if isinstance(found, Mapping) else {}
    picked: dict[str, Any] = {}
    for _, entry in tree.entries(live, "metadata", "managedFields"):
        if entry.get("operation") == "Apply" and entry.get("manager") in _MANAGERS:
            picked |= _picked(tree.mapping(entry, "fieldsV1"), live)
    return picked


def _picked(fields: Mapping[str, Any], node: Any) -> Any:
    """The parts of a node that a set of managed fields names: `f:` a key, `k:` an entry by its keys."""
    named = {key: below for key, below in fields.items() if key != "."}
    if isinstance(node, Mapping) and (named or "." in fields):
        return {
            key[2:]: _picked(below, node[key[2:]])
            for key, below in named.items()
            if key.startswith("f:") and key[2:] in node
        }
    if isinstance(node, list) and any(key.startswith("k:") for key in named):
        found = []
        for key, below in named.items():
            keys = json.loads(key[2:]) if key.startswith("k:") else {}
            entry = next((one for one in node if keys and keys.items() <= one.items()), None)
            if entry is not None:
                # Its keys may be defaults that nobody asked for, such as a port's protocol.
                found.append(_picked(below, entry))
        return found
    return node


def _node(wanted: Any, live: Any, before: Any, steps: tuple[str, ...]) -> Any:
    if isinstance(wanted, Mapping) and isinstance(live, Mapping):
        return _mapping(wanted, live, before if isinstance(before, Mapping) else {}, steps)
    if isinstance(wanted, list) and isinstance(live, list):
        return _list(wanted, live, before if isinstance(before, list) else [], steps)
    return wanted if _same(wanted, live, steps) else live


def _mapping(
    wanted: Mapping[str, Any], live: Mapping[str, Any], before: Mapping[str, Any], steps: tuple[str, ...]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in wanted.items():
        if key in live:
            found[key] = _node(value, live[key], before.get(key), (*steps, key))
        elif value in ({}, [], "", None) or (not value and before.get(key) == value):
            # The server leaves such values out, so that they are not missing.
            found[key] = value
    for key, value in before.items():
        if key not in wanted and key in live and value is not None:
            left = _node(value, live[key], value, (*steps, key))
            # What was applied as empty and filled by others has nothing that an apply removes.
            if left or left == live[key]:
                found[key] = left
    return found


def _list(wanted: list[Any], live: list[Any], before: list[Any], steps: tuple[str, ...]) -> list[Any]:
    key = merge_key(steps[-1] if steps else "", wanted, live)
    if key is None:
        pairs = zip(wanted, live, strict=False)
        earlier = before if len(before) == len(wanted) else [None] * len(wanted)
        found = [_node(a, b, c, steps) for (a, b), c in zip(pairs, earlier, strict=False)]
        return [*found, *live[len(found) :]]
    there = {entry[key]: entry for entry in live}
    earlier_by = {entry[key]: entry for entry in before if isinstance(entry, Mapping) and key in entry}
    found = [
        _node(entry, there[entry[key]], earlier_by.get(entry[key]), (*steps, str(entry[key])))
        for entry in wanted
        if entry[key] in there
    ]
    named = {entry[key] for entry in wanted}
    gone = [
        _node(entry, there[name], entry, (*steps, str(name)))
        for name, entry in earlier_by.items()
        if name not in named and name in there
    ]
    return [*found, *gone]


def _same(wanted: Any, live: Any, steps: tuple[str, ...]) -> bool:
    """Tells whether two values are one: a server writes an amount its own way, `0.5` as `500m`."""
    if wanted == live:
        return True
    if not _AMOUNTS.intersection(steps):
        return False
    amounts = [parse(str(value)) for value in (wanted, live)]
    return amounts[0] is not None and amounts[0] == amounts[1]
