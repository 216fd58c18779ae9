"""Colours of the text report."""

from __future__ import annotations

from msgspec import Struct

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "help": "1;32",
    "frame": "1;34",
    "bold": "1",
}


class Style(Struct, frozen=True):
    """Paints text for a terminal, or leaves it as it is."""

    colour: bool

    def paint(self, name: str, text: str) -> str:
        """Returns `text` in the style `name`: a severity, `help`, `frame` or `bold`."""
        if not self.colour or not text:
            return text
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m"
