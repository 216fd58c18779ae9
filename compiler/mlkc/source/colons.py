"""Colons inside an unquoted text between brackets: `{nameNode: hdfs://a:8020}`, `[mysql:8.4]`.

YAML 1.2 takes them as part of the text. The C parser is of YAML 1.1 and refuses them, so it is given a
stand-in of the same length for each colon that can't end a key, and its answers get the colons back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED = "found unexpected ':'"
"""The parser's words for such a colon."""

# A colon ends a key before a blank or a bracket, and after a key in quotes or brackets.
_INNER = re.compile(r"(?<![\s\"'\]}]):(?=[^\s,\[\]{}])")
# Private use characters; a text hardly has the first.
_STAND_INS = "\ue000\ue001\uf8ff"


def hide(text: str) -> tuple[str, str] | None:
    """Returns `text` with stand-ins and the stand-in; None when nothing can be hidden."""
    sign = next((sign for sign in _STAND_INS if sign not in text), None)
    if sign is None or not _INNER.search(text):
        return None
    return _INNER.sub(sign, text), sign


def show(next_event: Callable[[], Any], sign: str) -> Callable[[], Any]:
    """Returns `next_event` with the colons back in the values of its events."""

    def shown() -> Any:
        event = next_event()
        value = getattr(event, "value", None)
        if value and sign in value:
            event.value = value.replace(sign, ":")
        return event

    return shown
