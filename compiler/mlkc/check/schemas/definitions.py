"""The definitions that a kind needs, cut out of the file that holds those of all kinds.

A version has 860 definitions in 1.8 MB of JSON; a stack's objects need 160 of them. Reading all and handing all to
the schema engine costs 27 ms of processor time for each version, cutting out the needed ones 5 ms. The cut relies on
the indentation of the file; where it does not fit, the whole file is read as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

_HEAD = b'{\n  "$defs": {\n    "'
_BETWEEN = b'\n    },\n    "'
_END = b"\n    }\n  }"
_NAME_END = b'": {'
_REFERENCE = re.compile(rb'"\$ref": "[^"#]*#/\$defs/([^"]+)"')


class Definitions:
    """The definitions of one Kubernetes version.

    Args:
        content: the file `_definitions.json`.
    """

    def __init__(self, content: bytes) -> None:
        self._pieces, self.identity = _cut(content)
        self._parsed: dict[str, Any] = {}
        self._whole: dict[str, Any] | None = None
        if not self._pieces:
            whole = json.loads(content)
            self._whole, self.identity = whole["$defs"], whole["$id"]

    def needed(self, schemas: Iterable[bytes]) -> dict[str, Any]:
        """Returns the definitions that some schemas refer to, directly or through others."""
        if self._whole is not None:
            return self._whole
        found: dict[str, Any] = {}
        names = [name for schema in schemas for name in _references(schema)]
        while names:
            name = names.pop()
            # The engine names a reference that leads nowhere.
            if name not in found and name in self._pieces:
                found[name] = self._parse(name)
                names += _references(self._pieces[name])
        return found

    def _parse(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = json.loads(b"{" + self._pieces[name] + b"}")
        return self._parsed[name]


def _cut(content: bytes) -> tuple[dict[str, bytes], str]:
    """Cuts the file at the indentation of the definitions; empty when its layout is another."""
    end = content.rfind(_END)
    if not content.startswith(_HEAD) or end < 0:
        return {}, ""
    pieces = {}
    for piece in content[len(_HEAD) : end].split(_BETWEEN):
        name, found, body = piece.partition(_NAME_END)
        if not found:
            return {}, ""
        pieces[name.decode()] = body
    tail = json.loads(b"{" + content[end + len(_END) :].lstrip(b",\n "))
    return pieces, tail["$id"]


def _references(text: bytes) -> list[str]:
    return [name.decode() for name in set(_REFERENCE.findall(text))]
