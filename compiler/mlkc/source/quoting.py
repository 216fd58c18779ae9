"""What the user wrote, inside a message."""

from __future__ import annotations

_SHOWN = 40


def quoted(text: str) -> str:
    """Returns `text` in backquotes, shortened so that the message stays a line; a backquote is named."""
    if text == "`":
        return "a backquote"
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[: _SHOWN - 3]}...`"
