"""Text as a terminal shows it: widths in columns, nothing that could control the terminal."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

TAB = 4
_CUT = "..."
# No terminal shows more; a line of a mebibyte would take a second to lay out.
_REACH = 2000
# Control, format (bidirectional overrides among them), surrogate, private, unassigned, line separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPECIAL = re.compile(r"[^ -~]")
# Words, and what stands in backquotes, which is copied more often than read.
_WORD = re.compile(r"`[^`]*`\S*|[^\s`]+(?:`[^`]*`\S*)?|\S+")


class Cells(Struct, frozen=True):
    """A line as columns of a terminal.

    Attributes:
        pieces: what to print for each code point.
        starts: the column, from 0, where each code point begins; one more for the end.
        first: the code points, of a very long line, that were left out before.
        more: whether some were left out after.
    """

    pieces: tuple[str, ...]
    starts: tuple[int, ...]
    first: int = 0
    more: bool = False

    @property
    def width(self) -> int:
        """Columns in all."""
        return self.starts[-1]

    def column(self, index: int) -> int:
        """Returns the column of code point `index`; beyond the end the line goes on in blanks."""
        index = max(0, index - self.first)
        last = len(self.pieces)
        return self.starts[index] if index <= last else self.width + index - last


def cells(text: str, focus: int = 0) -> Cells:
    r"""Lays out one line; tabs become spaces and what can't be seen becomes an escape such as `\x1b`.

    Args:
        text: the line.
        focus: the code point that matters, should the line be too long to be laid out as a whole.
    """
    first = max(0, focus - _REACH) if len(text) > 2 * _REACH else 0
    more = len(text) > first + 2 * _REACH
    text = text[first : first + 2 * _REACH]
    pieces: list[str] = []
    starts = [0]
    for character in text:
        if character == "\t":
            piece = " " * (TAB - starts[-1] % TAB)
            columns = len(piece)
        else:
            piece, columns = _shown(character)
        pieces.append(piece)
        starts.append(starts[-1] + columns)
    return Cells(tuple(pieces), tuple(starts), first, more)


def safe(text: str) -> str:
    """Returns `text` on one line, with an escape for everything that can't be seen."""
    return _SPECIAL.sub(lambda match: _shown(match.group())[0], text)


def width(text: str) -> int:
    """Returns how many columns `text`, which `safe` has been over, takes."""
    return len(text) if text.isascii() else sum(_shown(character)[1] for character in text)


def wrap(text: str, columns: int) -> list[str]:
    """Breaks `text` at blanks into lines of at most `columns`; a longer word stands on a line alone."""
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


class Excerpt(Struct, frozen=True):
    """The part of a line that fits.

    Attributes:
        text: what to print.
        left: the line's first column that is shown.
        lead: columns of the mark that stands for what is cut off on the left.
        right: the column after the last one that is shown.
    """

    text: str
    left: int
    lead: int
    right: int

    def place(self, column: int) -> int:
        """Returns where a column of the line stands in `text`, the nearest shown one if it is cut off."""
        return max(self.left, min(column, self.right)) - self.left + self.lead


def excerpt(line: Cells, start: int, end: int, available: int) -> Excerpt:
    """Cuts a line around the columns `start` to `end`.

    Args:
        line: the line.
        start: the first column that must be seen.
        end: the column after the last one that should be seen.
        available: columns that there are.
    """
    if max(line.width, end) <= available and not line.first and not line.more:
        return Excerpt("".join(line.pieces).rstrip(), 0, 0, available)
    if end <= available - len(_CUT):
        left, room = 0, available - len(_CUT)
    else:
        room = available - 2 * len(_CUT)
        left = max(0, start - max(0, room - (end - start)) // 2)
    shown = [
        i for i in range(len(line.pieces)) if left <= line.starts[i] and line.starts[i + 1] <= left + room
    ]
    text = "".join(line.pieces[i] for i in shown)
    if shown:
        left = line.starts[shown[0]]
    lead = _CUT if left or line.first else ""
    tail = _CUT if line.more or (shown and shown[-1] < len(line.pieces) - 1) else ""
    return Excerpt((lead + text + tail).rstrip(), left, len(lead), left + room)


def _shown(character: str) -> tuple[str, int]:
    if " " <= character <= "~":
        return character, 1
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return (escape := _escape(character)), len(escape)
    # The vowels and final consonants of Hangul join the consonant before them.
    if category in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape(character: str) -> str:
    known = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if known:
        return known
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
