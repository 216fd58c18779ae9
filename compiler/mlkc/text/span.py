"""Source files and the spans in them."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct


# A report asks for the lines of one or two files, over and over.
@lru_cache(maxsize=4)
def line_starts(text: str) -> tuple[int, ...]:
    """Returns the offset of each line of `text`, and where one more would begin at its end."""
    return (0, *accumulate(len(line) + 1 for line in text.split("\n")))


class SourceFile(Struct, frozen=True):
    """A text that diagnostics can point into.

    Attributes:
        name: the path as the user gave it; it is only ever shown.
        text: the whole file, decoded, line ends as they stand on the disk.
    """

    name: str
    text: str

    def line(self, number: int) -> str:
        """Returns line `number` (from 1) without its line end; empty past the end."""
        starts = line_starts(self.text)
        if not 0 < number < len(starts):
            return ""
        return self.text[starts[number - 1] : starts[number] - 1].rstrip("\r")


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
