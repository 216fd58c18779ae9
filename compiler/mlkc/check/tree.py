"""Reading a body that may have any shape: what is not there, or is of another type, reads as empty.

A rule on references meets objects that failed their schema and user patches of every kind; it must not stumble.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.text.paths import Pointer

_NOTHING: Mapping[str, Any] = {}
# Longer values are cut: a message is one line.
_SHOWN = 60


def get(node: Any, path: Pointer) -> Any:
    """Returns the part of `node` at `path`, or None."""
    for part in path:
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node


def mapping(node: Any, *path: str | int) -> Mapping[str, Any]:
    """Returns the mapping at `path`, or an empty one."""
    found = get(node, path)
    return found if isinstance(found, Mapping) else _NOTHING


def text(node: Any, *path: str | int) -> str:
    """Returns the string at `path`, or an empty one."""
    found = get(node, path)
    return found if isinstance(found, str) else ""


def texts(node: Any, *path: str | int) -> Iterator[tuple[int, str]]:
    """Yields the strings of the list at `path` with their indexes."""
    found = get(node, path)
    if isinstance(found, list):
        yield from ((index, entry) for index, entry in enumerate(found) if isinstance(entry, str))


def entries(node: Any, *path: str | int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yields the mappings of the list at `path` with their indexes."""
    found = get(node, path)
    if isinstance(found, list):
        yield from ((index, entry) for index, entry in enumerate(found) if isinstance(entry, Mapping))


def field(pointer: Pointer) -> str:
    """Writes a field as people read it: `spec.ports[0].port`, `metadata.labels["app.kubernetes.io/name"]`."""
    out = ""
    for part in pointer:
        if isinstance(part, int):
            out += f"[{part}]"
        elif "." in part or "/" in part:
            out += f'["{part}"]'
        else:
            out += f".{part}" if out else part
    return out


def show(value: Any) -> str:
    """Writes a value into a message: short, on one line, texts in double quotes."""
    import json  # noqa: PLC0415  only a fault needs it

    text_ = json.dumps(value, ensure_ascii=False)
    return text_ if len(text_) <= _SHOWN else text_[: _SHOWN - 1] + "…"
