"""Laying an environment's overrides over the settings that all environments share."""

from __future__ import annotations

from typing import Any

# What stands at the root and is not a setting: an environment can't say it.
ROOT_ONLY = ("apiVersion", "kind", "name", "accept", "environments")


def without_nulls(settings: dict[str, Any]) -> dict[str, Any]:
    """Drops keys that have no value: `key:` means that the key is left out, as in Kubernetes.

    In a patch it means that the object's key goes.
    """
    return {
        key: value if key == "patches" else _without_nulls(value)
        for key, value in settings.items()
        if value is not None
    }


def _without_nulls(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_nulls(value) for key, value in node.items() if value is not None}
    if isinstance(node, list):
        return [_without_nulls(value) for value in node]
    return node


def lay_over(base: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """Returns `base` with `overrides`: mappings are merged, null takes a key back, all else is replaced."""
    merged = dict(base)
    for key, value in overrides.items():
        below = merged.get(key)
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(below, dict):
            merged[key] = lay_over(below, value)
        else:
            merged[key] = value
    return merged


def settings_of(root: dict[str, Any], environment: dict[str, Any]) -> dict[str, Any]:
    """Returns the settings of one environment. Patches are not merged: an overlay adds its own to the base's."""
    shared = {key: value for key, value in root.items() if key not in {*ROOT_ONLY, "patches"}}
    return lay_over(*_alike(shared, environment))


def _alike(shared: dict[str, Any], environment: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The service account spelled out where one of both has more than its name: what both say is merged then."""
    key = "serviceAccount"
    if {type(shared.get(key)), type(environment.get(key))} != {str, dict}:
        return shared, environment
    first, second = (
        {**one, key: {"name": one[key]}} if isinstance(one[key], str) else one
        for one in (shared, environment)
    )
    return first, second
