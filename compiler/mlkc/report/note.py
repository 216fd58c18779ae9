"""A line of the notes, and a path in it."""

from __future__ import annotations

# A title, and a line to type or to read; lines that belong to the one before have none.
Row = tuple[str, str]


def inside(folder: str, path: str) -> str:
    """The path of an output as the user would type it.

    Args:
        folder: the output folder as the user gave it.
        path: below it.
    """
    return path if folder == "." else f"{folder.rstrip('/')}/{path}"
