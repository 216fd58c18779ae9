"""Code point offsets of a text as lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from mlkc.text.span import Position, Span, line_starts

if TYPE_CHECKING:
    from mlkc.text.span import SourceFile


class Positions:
    """Turns offsets into `file.text` into positions and spans.

    The parser's own line numbers are not used: it also counts NEL, LS and PS as line breaks, and
    stands on a line that does not exist when the last line has no line end.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._starts = line_starts(file.text)
        self._end = len(file.text)

    def at(self, offset: int) -> Position:
        """Returns the position of `offset`, in code points from 0; past the end means the end."""
        if not 0 <= offset <= self._end:
            offset = 0 if offset < 0 else self._end
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """Returns the span of the half-open range `start` to `end`, in code points from 0."""
        return Span(self.file, self.at(start), self.at(end if end > start else start))

    def offset(self, position: Position) -> int:
        """Returns the offset of `position`, the reverse of `at`."""
        return self._starts[position.line - 1] + position.column - 1
