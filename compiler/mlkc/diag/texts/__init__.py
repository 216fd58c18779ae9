"""What `mlkc explain` says of the codes that no rule explains: why, and a bad and a good example.

A block a code, in the order of the table: its number, why it is so, then lines of a bad (`-`) and of a good (`+`)
example. What the fault is, is the code's title. No compile imports this.
"""

from __future__ import annotations

from msgspec import Struct

from mlkc.diag.texts import access_text, hdfs_text, rest_text, spec_text, yaml_text

_PARTS = (yaml_text.TEXT, spec_text.TEXT, rest_text.TEXT, access_text.TEXT, hdfs_text.TEXT)


class Text(Struct, frozen=True):
    """Why a code is so, with a bad and a good example."""

    why: str
    bad: str
    good: str


def texts() -> dict[str, Text]:
    """Reads the table: a code's number → its text."""
    blocks = [block.split("\n") for part in _PARTS for block in part.strip().split("\n\n")]
    return {block[0]: Text(_why(block), _example(block, "- "), _example(block, "+ ")) for block in blocks}


def _why(block: list[str]) -> str:
    return " ".join(line for line in block[1:] if line[:2] not in {"- ", "+ "})


def _example(block: list[str], mark: str) -> str:
    return "\n".join(line.removeprefix(mark) for line in block[1:] if line.startswith(mark))
