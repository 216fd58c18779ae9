"""Port numbers inside a text of the user's."""

from __future__ import annotations


def port_number(text: str) -> int | None:
    """Reads a port; None for what is none, digits of other scripts and numbers out of range among it."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    number = int(text)
    return number if 0 < number < 65536 else None
