"""What the YAML parser finds wrong, said in terms of what the user wrote.

The parser (libyaml, through ruamel.yaml.clib) has no error numbers: its problem texts are the only key
there is. The table holds them whole, as they stand in its scanner.c and parser.c; one that is not in
the table is reported as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlkc.diag.code import Code
    from mlkc.source.positions import Positions

_QUOTE_HELP = "put the text in single quotes"


class Trouble:
    """An error of the parser, with offsets into the file."""

    def __init__(self, error: Any, positions: Positions, shift: int) -> None:
        self.positions = positions
        self.text = positions.file.text
        self.problem: str = getattr(error, "problem", None) or str(error)
        self.context: str = getattr(error, "context", None) or ""
        mark = getattr(error, "problem_mark", None)
        context_mark = getattr(error, "context_mark", None)
        self.at = shift + mark.index if mark is not None else 0
        self.from_ = shift + context_mark.index if context_mark is not None else self.at
        self.at_end = not self.text[self.at :].strip()
        if self.at_end:
            self.at = max(0, len(self.text.rstrip()))

    @property
    def character(self) -> str:
        """The character at the problem; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def line_start(self) -> int:
        """The offset of the line of the problem."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands on the problem's line before it."""
        return self.text[self.line_start : self.at]

    def rest(self, start: int) -> str:
        """Returns the text from `start` to the end of its line, without a comment or blanks."""
        line = self.text[start:].split("\n", 1)[0]
        return line.split(" #", 1)[0].rstrip()

    def fault(self, code: Code, message: str, help: str, **more: Any) -> Diagnostic:  # noqa: A002
        """Makes a diagnostic at the problem, underlining the word that begins there."""
        word = self.rest(self.at).split(" ", 1)[0]
        return code.at(self.positions.span(self.at, self.at + max(1, len(word))), message, help=help, **more)

    def opened(self, code: Code, message: str, help: str, **more: Any) -> Diagnostic:  # noqa: A002
        """Makes a diagnostic at the one character that opens what the parser was reading."""
        return code.at(self.positions.span(self.from_, self.from_ + 1), message, help=help, **more)


Translation: TypeAlias = "Callable[[Trouble], Diagnostic]"


def syntax_error(error: Any, positions: Positions, shift: int) -> Diagnostic:
    """Makes the diagnostic of an error that the parser raised.

    Args:
        error: the exception, a `ruamel.yaml.error.YAMLError`.
        positions: of the file.
        shift: code points of the file that the parser was not given.
    """
    trouble = Trouble(error, positions, shift)
    if "\t" in _indentation(trouble):
        return _tab(trouble)
    return _TABLE.get(trouble.problem, _other)(trouble)


def _indentation(trouble: Trouble) -> str:
    line = trouble.text[trouble.line_start :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _tab(t: Trouble) -> Diagnostic:
    indentation = _indentation(t)
    start = t.line_start + indentation.index("\t")
    return codes.TAB_INDENTATION.at(
        t.positions.span(start, t.line_start + len(indentation)),
        "this line is indented with a tab",
        help="indent with spaces: YAML doesn't allow tabs here",
    )


def _quote(t: Trouble) -> Diagnostic:
    return t.opened(
        codes.UNCLOSED_QUOTE,
        f"the quote {t.text[t.from_]} that opens here is never closed",
        f"close it with {t.text[t.from_]}"
        + ("; inside single quotes an apostrophe is written twice: ''" if t.text[t.from_] == "'" else ""),
    )


def _bracket(t: Trouble) -> Diagnostic:
    opening = t.text[t.from_]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if t.at_end:
        return t.opened(
            codes.UNCLOSED_BRACKET,
            f"the `{opening}` that opens here is never closed",
            f"close it with `{closing}`; if it belongs to a text, {_QUOTE_HELP}",
        )
    return t.fault(
        codes.UNCLOSED_BRACKET,
        f"a `,` or the closing `{closing}` is expected before this",
        f"close the `{opening}`, or part the items by commas; if it belongs to a text, {_QUOTE_HELP}",
        related=(Label(t.positions.span(t.from_, t.from_ + 1), "opened here"),),
    )


def _key_expected(t: Trouble) -> Diagnostic:
    if not t.before.strip(" "):
        return _depth(t)
    if t.character in "]}":
        return t.fault(
            codes.YAML_SYNTAX, f"nothing is open that this `{t.character}` could close", "delete it"
        )
    value = t.before.strip().split(": ", 1)[-1].removeprefix("- ").strip()
    return t.fault(
        codes.TEXT_AFTER_VALUE,
        f"text follows the value `{value}`, which is complete",
        "put the whole value in quotes, or set a comment off with ` #`",
    )


def _depth(t: Trouble) -> Diagnostic:
    opened = t.positions.span(t.from_, t.from_ + len(t.rest(t.from_)))
    column = len(t.before)
    wanted = opened.start.column - 1
    what = "list" if t.text[t.from_] == "-" else "mapping"
    begins = (Label(opened, f"the {what} begins here"),)
    advice = f"indent it by {wanted} spaces, as the {what} above"
    if column < wanted:
        advice += ", or as one of those around it"
    elif column == wanted:
        item = "begin the line with `- `" if what == "list" else "write `key: value`"
        advice = f"{item}, as the lines above do"
        message = f"a {'list item' if what == 'list' else 'key'} is expected here"
        return t.fault(
            codes.BAD_INDENTATION, message, advice, related=(Label(opened, f"the {what} begins here"),)
        )
    return t.fault(
        codes.BAD_INDENTATION,
        f"the indentation of {column} spaces fits nothing above",
        advice,
        related=begins,
    )


def _content(t: Trouble) -> Diagnostic:
    shown = f"`{t.character}`" if t.character else "the end of the file"
    return t.fault(
        codes.YAML_SYNTAX,
        f"a value is expected before {shown}",
        f"write the value; if {shown} is a text, {_QUOTE_HELP}" if t.character else "write the value",
    )


def _start(t: Trouble) -> Diagnostic:
    if t.character == "\t":
        return t.fault(codes.TAB_INDENTATION, "a tab stands before this value", "part them by a space")
    return t.fault(
        codes.UNQUOTED_INDICATOR,
        f"a value can't begin with `{t.character}`: YAML reserves it",
        _QUOTE_HELP,
    )


def _colon(t: Trouble) -> Diagnostic:
    if len(t.before) > 1000:
        return t.fault(codes.YAML_SYNTAX, "a key is longer than 1024 characters", "shorten the key")
    if not t.before.strip():
        return t.fault(codes.SECOND_COLON, "a key is missing before this `:`", "write a key before the `:`")
    return t.fault(
        codes.SECOND_COLON,
        "a second `: ` stands in this line, or the line continues a value above",
        "if it belongs to a text, put the text in quotes; else give each key a line of its own, "
        "as deep as its neighbours",
    )


def _no_colon(t: Trouble) -> Diagnostic:
    word = t.rest(t.from_)
    advice = f"write `{word}: ` and a value"
    if word.startswith("-") and word[1:2] not in ("", " "):
        advice = f"write a space after the dash: `- {word[1:]}`"
    elif ":" in word:
        advice = f"write a space after the colon: `{word.replace(':', ': ', 1)}`"
    return codes.MISSING_COLON.at(
        t.positions.span(t.from_, t.from_ + max(1, len(word))),
        f"`{word}` is not a key: no `: ` follows",
        help=advice,
    )


def _dash(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.BAD_INDENTATION,
        "a list can't begin here",
        f"begin it on a line of its own, deeper than its key; if the `-` belongs to a text, {_QUOTE_HELP}",
    )


def _question(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.UNQUOTED_INDICATOR, "a `? ` can't stand here", f"if it belongs to a text, {_QUOTE_HELP}"
    )


def _escape(t: Trouble) -> Diagnostic:
    start = t.text.rfind("\\", t.from_, t.at + 1)
    start = start if start >= 0 else t.at
    written = t.text[start : max(start + 2, t.at)]
    return codes.BAD_ESCAPE.at(
        t.positions.span(start, start + len(written)),
        f"`{written}` is not an escape of YAML",
        help="write a backslash twice, or put the text in single quotes, where a backslash stands for itself",
    )


def _name(t: Trouble) -> Diagnostic:
    sign = t.text[t.from_]
    what = "an alias" if sign == "*" else "an anchor"
    return t.opened(
        codes.UNQUOTED_INDICATOR,
        f"`{sign}` begins {what}, and no name follows",
        f"if the `{sign}` belongs to a text, {_QUOTE_HELP}",
    )


def _tag(t: Trouble) -> Diagnostic:
    return t.opened(
        codes.CUSTOM_TAG,
        f"the tag `{t.rest(t.from_).split(' ', 1)[0]}` means nothing here",
        "delete the tag; if the `!` belongs to a text, put the text in single quotes",
    )


def _block_header(t: Trouble) -> Diagnostic:
    header = t.rest(t.from_)
    return codes.YAML_SYNTAX.at(
        t.positions.span(t.from_, t.from_ + max(1, len(header))),
        f"`{header}` can't begin a text of several lines",
        help="after `|` or `>` end the line and write the text below it, deeper than its key; "
        "if the character belongs to a text, put the text in quotes",
    )


def _directive(t: Trouble) -> Diagnostic:
    return codes.YAML_DIRECTIVE.at(
        t.positions.span(t.line_start, t.line_start + max(1, len(t.rest(t.line_start)))),
        "a line that begins with `%` is a YAML directive, and a spec has none",
        help="delete the line, or indent it if it belongs to a text",
    )


def _indicator_in_quotes(t: Trouble) -> Diagnostic:
    return t.opened(
        codes.UNCLOSED_QUOTE,
        f"the quote {t.text[t.from_]} that opens here is not closed before the document ends",
        f"close it with {t.text[t.from_]}",
        related=(Label(t.positions.span(t.at, t.at + 3), "the document ends here"),),
    )


def _document(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.SEVERAL_DOCUMENTS if t.before.strip() == "" else codes.TEXT_AFTER_VALUE,
        "text follows the end of the document",
        "delete it, or move it into the document: a spec is one mapping",
    )


def _other(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.YAML_SYNTAX,
        f"this is not YAML: {t.problem}" + (f" ({t.context})" if t.context else ""),
        "mend the syntax here; a text with special characters stands in quotes",
    )


_TABLE: dict[str, Translation] = {
    "block sequence entries are not allowed in this context": _dash,
    "could not find expected ':'": _no_colon,
    "could not find expected directive name": _directive,
    "did not find URI escaped octet": _tag,
    "did not find expected ',' or ']'": _bracket,
    "did not find expected ',' or '}'": _bracket,
    "did not find expected '!'": _tag,
    "did not find expected '-' indicator": _key_expected,
    "did not find expected <document start>": _document,
    "did not find expected alphabetic or numeric character": _name,
    "did not find expected comment or line break": _block_header,
    "did not find expected digit or '.' character": _directive,
    "did not find expected hexdecimal number": _escape,
    "did not find expected key": _key_expected,
    "did not find expected node content": _content,
    "did not find expected tag URI": _tag,
    "did not find expected version number": _directive,
    "did not find expected whitespace or line break": _tag,
    "did not find the expected '>'": _tag,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "found an indentation indicator equal to 0": _block_header,
    "found character that cannot start any token": _start,
    "found duplicate %TAG directive": _directive,
    "found duplicate %YAML directive": _directive,
    "found extremely long version number": _directive,
    "found incompatible YAML document": _directive,
    "found invalid Unicode character escape code": _escape,
    "found undefined tag handle": _tag,
    "found unexpected document indicator": _indicator_in_quotes,
    "found unexpected end of stream": _quote,
    "found unexpected non-alphabetical character": _directive,
    "found unknown directive name": _directive,
    "found unknown escape character": _escape,
    "mapping keys are not allowed in this context": _question,
    "mapping values are not allowed in this context": _colon,
}
