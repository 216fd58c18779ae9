"""Finding a field of an object by the path that a person types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlkc.text.paths import Pointer

_STEP = re.compile(r"\[\"?([^\"\]]*)\"?\]|\.")


def find(body: Any, written: str) -> Pointer | None:
    """Finds a field.

    Args:
        body: the object.
        written: `spec.replicas`, `spec.ports[0].port`, `spec.ports.0.port`, `…env[DB_HOST].value` or a JSON Pointer.
            A key with dots in it needs no quotes; an entry of a list goes by its index or its name.

    Returns:
        The pointer; None when the object has no such field.
    """
    if written.startswith("/"):
        steps = [step.replace("~1", "/").replace("~0", "~") for step in written.split("/")[1:]]
    else:
        steps = [step for step in _STEP.split(written) if step]
    return _find(body, steps)


def _find(node: Any, steps: list[str]) -> Pointer | None:
    if not steps:
        return ()
    for count in range(len(steps), 0, -1):
        key: str | int | None = _key(node, ".".join(steps[:count]))
        if key is not None:
            below = _find(node[key], steps[count:])
            if below is not None:
                return (key, *below)
    return None


def _key(node: Any, step: str) -> str | int | None:
    if isinstance(node, Mapping):
        return step if step in node else None
    if not isinstance(node, list):
        return None
    if step.isdigit():
        return int(step) if int(step) < len(node) else None
    return next(
        (i for i, entry in enumerate(node) if isinstance(entry, Mapping) and entry.get("name") == step), None
    )
