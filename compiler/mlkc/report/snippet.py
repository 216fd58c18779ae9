"""Source lines with the places of a diagnostic drawn under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.report.cells import Cells, Excerpt, cells, excerpt, safe, width, wrap
from mlkc.text.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlkc.report.style import Style
    from mlkc.text.span import SourceFile, Span

# A place of more lines is shown by its first two and its last.
_MOST_LINES = 5


class Mark(Struct, frozen=True):
    """A place to draw.

    Attributes:
        span: the place.
        label: words for it; may be empty.
        style: the style of its underline.
        primary: whether the diagnostic is about it; drawn `^^^`, and others `---`.
    """

    span: Span
    label: str
    style: str
    primary: bool

    @property
    def sign(self) -> str:
        """The character of its underline."""
        return "^" if self.primary else "-"


class _Under(Struct, frozen=True):
    """A mark on one line, in columns of the excerpt."""

    start: int
    end: int
    mark: Mark


class Snippet:
    """Draws the marks of one file."""

    def __init__(
        self,
        file: SourceFile,
        marks: Iterable[Mark],
        style: Style,
        columns: int,
        gutter: int,
        hidden: Sequence[Span] = (),
    ) -> None:
        """Prepares to draw.

        Args:
            file: the file of all marks.
            marks: what to draw. Of those over several lines only a primary one is drawn whole.
            style: colours.
            columns: of the terminal.
            gutter: columns of the widest line number.
            hidden: places of files whose text is not shown.
        """
        self._hidden = hidden
        self._file = file
        self._style = style
        self._gutter = gutter
        marks = tuple(marks)
        self._whole = next((m for m in marks if m.primary and m.span.start.line < m.span.end.line), None)
        self._marks: dict[int, list[Mark]] = {}
        for mark in marks:
            if mark is not self._whole:
                self._marks.setdefault(mark.span.start.line, []).append(mark)
        self._available = columns - gutter - 3 - (2 if self._whole else 0)

    def rows(self) -> Iterator[str]:
        """Yields the lines to print."""
        yield self._row("", "")
        previous: int | None = None
        for number in self._numbers():
            if previous is not None and number > previous + 1:
                yield self._style.paint("frame", "...") + self._gap_bar(previous, number)
            previous = number
            yield from self._line(number)

    def _numbers(self) -> list[int]:
        numbers = set(self._marks)
        if self._whole:
            first, last = self._whole.span.start.line, self._whole.span.end.line
            short = last - first < _MOST_LINES
            numbers.update(range(first, last + 1) if short else (first, first + 1, last))
        # One line left out would take as much room as the mark that it is.
        numbers.update(n + 1 for n in tuple(numbers) if n + 1 not in numbers and n + 2 in numbers)
        return sorted(numbers)

    def _gap_bar(self, before: int, after: int) -> str:
        inside = self._whole and self._whole.span.start.line <= before and after <= self._whole.span.end.line
        if not self._whole or not inside:
            return ""
        return " " * (self._gutter - 1) + " " + self._style.paint(self._whole.style, "|")

    def _line(self, number: int) -> Iterator[str]:
        marks = sorted(self._marks.get(number, ()), key=lambda mark: (mark.span.start, not mark.primary))
        focus = next((m for m in marks if m.primary), marks[0] if marks else None)
        line = cells(self._text(number), self._focus(number, focus))
        part = self._excerpt(number, line, focus)
        begun = self._whole if self._whole and self._whole.span.start.line == number else None
        slash = begun is not None and self._is_first(line, begun.span.start.column - 1)
        yield self._row(str(number), part.text, self._bar(number, "/" if slash else " " if begun else "|"))
        if begun and not slash:
            yield self._opening(begun, line, part)
        yield from self._labelled(number, [self._under(line, part, mark) for mark in marks])
        if self._whole and self._whole.span.end.line == number:
            yield from self._closing(self._whole, line, part)

    def _text(self, number: int) -> str:
        """The line without secrets, in as many characters."""
        line = self._file.line(number)
        for place in self._hidden:
            if place.file == self._file and place.start.line <= number <= place.end.line:
                start = place.start.column - 1 if number == place.start.line else 0
                end = place.end.column - 1 if number == place.end.line else len(line)
                line = line[:start] + re.sub(r"\S", "•", line[start:end]) + line[end:]
        return mask(line)

    def _excerpt(self, number: int, line: Cells, focus: Mark | None) -> Excerpt:
        start = end = line.column(self._focus(number, focus))
        if focus:
            start, end = self._columns(line, focus.span)
        return excerpt(line, start, end, self._available)

    def _focus(self, number: int, mark: Mark | None) -> int:
        if mark:
            return mark.span.start.column - 1
        if self._whole and number in (self._whole.span.start.line, self._whole.span.end.line):
            start, end = self._whole.span.start, self._whole.span.end
            return start.column - 1 if number == start.line else max(0, end.column - 2)
        return 0

    @staticmethod
    def _is_first(line: Cells, index: int) -> bool:
        return not line.first and not "".join(line.pieces[:index]).strip()

    @staticmethod
    def _columns(line: Cells, span: Span) -> tuple[int, int]:
        start = line.column(span.start.column - 1)
        if span.end.line > span.start.line:
            return start, max(start + 1, line.width)
        return start, max(start + 1, line.column(span.end.column - 1))

    def _under(self, line: Cells, part: Excerpt, mark: Mark) -> _Under:
        start, end = self._columns(line, mark.span)
        first = part.place(start)
        return _Under(first, max(first + 1, part.place(end)), mark)

    def _labelled(self, number: int, unders: list[_Under]) -> Iterator[str]:
        """Draws the underlines, the last one's label beside it and the others' labels below."""
        if not unders:
            return
        row = _Row(self._style)
        for under in sorted(unders, key=lambda u: u.mark.primary):
            row.put(under.start, under.mark.sign * (under.end - under.start), under.mark.style)
        hanging = [under for under in unders if under.mark.label]
        last = unders[-1]
        end = max(under.end for under in unders)
        if last.mark.label and end + 1 + width(safe(last.mark.label)) <= self._available:
            row.put(end + 1, safe(last.mark.label), last.mark.style)
            hanging.remove(last)
        bar = self._bar(number, "|")
        yield self._row("", row.text(), bar)
        while hanging:
            under = hanging.pop()
            yield self._row("", self._stems(hanging, under).text(), bar)
            for text in wrap(safe(under.mark.label), max(20, self._available - under.start)):
                row = self._stems(hanging, None)
                row.put(max(0, min(under.start, self._available - width(text))), text, under.mark.style)
                yield self._row("", row.text(), bar)

    def _stems(self, unders: list[_Under], last: _Under | None) -> _Row:
        row = _Row(self._style)
        for under in (*unders, last) if last else unders:
            row.put(under.start, "|", under.mark.style)
        return row

    def _bar(self, number: int, sign: str) -> str:
        if self._whole is None:
            return ""
        first, last = self._whole.span.start.line, self._whole.span.end.line
        inside = first <= number <= last
        return (self._style.paint(self._whole.style, sign) if inside and sign != " " else " ") + " "

    def _opening(self, whole: Mark, line: Cells, part: Excerpt) -> str:
        column = part.place(line.column(whole.span.start.column - 1))
        return self._row("", "", " " + self._style.paint(whole.style, "_" * (column + 1) + "^"))

    def _closing(self, whole: Mark, line: Cells, part: Excerpt) -> Iterator[str]:
        style = whole.style
        column = part.place(line.column(max(0, whole.span.end.column - 2)))
        label = safe(whole.label)
        drawn = "|" + "_" * (column + 1) + "^"
        fits = len(drawn) + 1 + width(label) <= self._available + 2
        yield self._row("", "", self._style.paint(style, f"{drawn} {label}".rstrip() if fits else drawn))
        if not fits:
            for text in wrap(label, self._available):
                yield self._row("", self._style.paint(style, text), "  ")

    def _row(self, number: str, text: str, bar: str = "") -> str:
        frame = self._style.paint("frame", f"{number:>{self._gutter}} |")
        return f"{frame} {bar}{text}".rstrip()


class _Row:
    """A row of text that is written at columns, later pieces over earlier ones."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._signs: list[tuple[str, str]] = []

    def put(self, column: int, text: str, style: str) -> None:
        """Writes `text` from `column` on."""
        missing = column - len(self._signs)
        self._signs.extend([(" ", "")] * missing)
        self._signs[column : column + len(text)] = [(character, style) for character in text]

    def text(self) -> str:
        """Returns the row, painted."""
        out = ""
        run, run_style = "", ""
        for character, style in self._signs:
            if style != run_style:
                out += self._painted(run_style, run)
                run, run_style = "", style
            run += character
        return out + self._painted(run_style, run)

    def _painted(self, style: str, text: str) -> str:
        return self._style.paint(style, text) if style else text
