"""What the user wrote, inside a message."""

from __future__ import annotations

_SHOWN = 40


def quoted(text: str) -> str:
    """Returns `text` in backquotes, so that the message stays a line: shortened, what ends a line escaped.

    A backquote is named.
    """
    if text == "`":
        return "a backquote"
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
    line = "".join(one if one.isprintable() else repr(one)[1:-1] for one in short)
    return f"`{line}`"
