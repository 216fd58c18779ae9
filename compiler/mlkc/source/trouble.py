"""An error of the YAML parser beside the text that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlkc.diag.code import Code
    from mlkc.diag.diagnostic import Diagnostic, Label
    from mlkc.source.positions import Positions

QUOTE_HELP = "put the text in single quotes"


class Trouble:
    """An error of the parser, with offsets into the file.

    Attributes:
        positions: of the file.
        text: of the file.
        problem: the parser's words.
        context: its words for what it was reading; may be empty.
        at: offset of the problem; at the end of a file, after its last text.
        begun: offset where what it was reading begins.
        at_end: whether nothing but blanks follows the problem.
    """

    def __init__(self, error: Any, positions: Positions, shift: int) -> None:
        self.positions = positions
        self.text = positions.file.text
        self.problem: str = getattr(error, "problem", None) or str(error)
        self.context: str = getattr(error, "context", None) or ""
        mark = getattr(error, "problem_mark", None)
        context_mark = getattr(error, "context_mark", None)
        self.at: int = shift + mark.index if mark is not None else 0
        self.begun: int = shift + context_mark.index if context_mark is not None else self.at
        # A tab at the end is not where text is missing but what is wrong.
        self.at_end = not self.text[self.at :].strip() and self.character != "\t"
        if self.at_end:
            self.at = len(self.text.rstrip())

    @property
    def character(self) -> str:
        """The character at the problem; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def opening(self) -> str:
        """The character at which what the parser was reading begins; empty at the end of the file."""
        return self.text[self.begun : self.begun + 1]

    @property
    def line_start(self) -> int:
        """The offset of the line of the problem."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands on the problem's line before it."""
        return self.text[self.line_start : self.at]

    @property
    def indentation(self) -> str:
        """The blanks that the problem's line begins with."""
        line = self.rest(self.line_start)
        return line[: len(line) - len(line.lstrip(" \t"))]

    def rest(self, start: int) -> str:
        """Returns the text from `start` to the end of its line, without a comment or blanks."""
        end = self.text.find("\n", start)
        line = self.text[start : end if end >= 0 else len(self.text)]
        return line.split(" #", 1)[0].rstrip()

    def line_above(self) -> int | None:
        """Returns the offset of the text of the nearest line above that has any; None without one."""
        start = self.line_start
        while start > 0:
            start = self.text.rfind("\n", 0, start - 1) + 1
            line = self.rest(start)
            if line.strip() and not line.lstrip().startswith("#"):
                return start + len(line) - len(line.lstrip())
        return None

    def fault(
        self,
        code: Code,
        message: str,
        help: str,  # noqa: A002  the word that the report prints
        related: tuple[Label, ...] = (),
    ) -> Diagnostic:
        """Makes a diagnostic at the problem, underlining the word that begins there."""
        word = self.rest(self.at).split(" ", 1)[0]
        place = self.positions.span(self.at, self.at + max(1, len(word)))
        return code.at(place, message, help=help, related=related)

    def opened(
        self,
        code: Code,
        message: str,
        help: str,  # noqa: A002  the word that the report prints
        related: tuple[Label, ...] = (),
    ) -> Diagnostic:
        """Makes a diagnostic at the one character that opens what the parser was reading."""
        place = self.positions.span(self.begun, self.begun + 1)
        return code.at(place, message, help=help, related=related)
