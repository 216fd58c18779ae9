"""Patch files: a JSON patch (RFC 6902) and a strategic merge patch."""

from __future__ import annotations

from typing import Any, Final

_POINTER: Final = {"type": "string", "regex": "(/.*)?"}
_WITH_VALUE: Final = ["add", "replace", "test"]
_WITH_SOURCE: Final = ["move", "copy"]


def _operation(names: list[str], **more: Any) -> dict[str, Any]:
    return {
        "schema": {
            "op": {"type": "string", "required": True, "allowed": names},
            "path": {**_POINTER, "required": True},
            **more,
        }
    }


# The list stands under a key of its own: a document of cerberus is a mapping.
JSON_PATCH: Final[dict[str, Any]] = {
    "operations": {
        "type": "list",
        "minlength": 1,
        "schema": {
            "type": "dict",
            "oneof": [
                _operation(_WITH_VALUE, value={"required": True, "nullable": True}),
                _operation(_WITH_SOURCE, **{"from": {**_POINTER, "required": True}}),
                _operation(["remove"]),
            ],
        },
    },
}

# Only what tells which object it is for; the rest is any part of that object.
MERGE_PATCH: Final[dict[str, Any]] = {
    "apiVersion": {"type": "string", "required": True, "empty": False},
    "kind": {"type": "string", "required": True, "empty": False},
    "metadata": {
        "type": "dict",
        "required": True,
        "allow_unknown": True,
        "schema": {"name": {"type": "string", "required": True, "empty": False}},
    },
}
