"""Source files and the spans in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text that diagnostics can point into.

    Attributes:
        name: the path as the user gave it; it is only ever shown.
        text: the whole file, decoded, line ends as they stand on the disk.
    """

    name: str
    text: str

    def line(self, number: int) -> str:
        """Returns line `number` (from 1) without its line end; empty past the end."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


class Position(NamedTuple):
    """A place between two characters; line and column count from 1, columns in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A half-open range of a file: `start` is its first character, `end` the place after its last."""

    file: SourceFile
    start: Position
    end: Position

    def __str__(self) -> str:
        return f"{self.file.name}:{self.start.line}:{self.start.column}"
