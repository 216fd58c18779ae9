"""What the YAML parser finds wrong, said in terms of what the user wrote.

The parser (libyaml, through ruamel.yaml.clib) has no error numbers: its problem texts are the only key
there is. The table holds them whole, as they stand in its scanner.c and parser.c; one that is not in
the table is reported as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Label
from mlkc.source import colons, layout
from mlkc.source.quoting import quoted
from mlkc.source.trouble import QUOTE_HELP, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlkc.source.positions import Positions

Translation: TypeAlias = "Callable[[Trouble], Diagnostic]"

_ESCAPE = re.compile(r"\\[xuU][0-9a-fA-F]*|\\.")


def syntax_error(error: Any, positions: Positions, shift: int, bracket: int | None) -> Diagnostic:
    """Makes the diagnostic of an error that the parser raised.

    Args:
        error: the exception, a `ruamel.yaml.error.YAMLError`.
        positions: of the file.
        shift: code points of the file that the parser was not given.
        bracket: offset of the innermost `[` or `{` that was open; None without one.
    """
    trouble = Trouble(error, positions, shift)
    if bracket is not None and trouble.at_end and trouble.opening not in ("'", '"'):
        trouble.begun = bracket
        return _bracket(trouble)
    if trouble.context.endswith("directive"):
        return _directive(trouble)
    if "\t" in trouble.indentation and not trouble.at_end:
        return layout.tab(trouble)
    return _TABLE.get(trouble.problem, _other)(trouble)


def _quote(t: Trouble) -> Diagnostic:
    advice = f"close it with {t.opening}"
    if t.opening == "'":
        advice += "; inside single quotes an apostrophe is written twice: ''"
    return t.opened(codes.UNCLOSED_QUOTE, f"the quote {t.opening} that opens here is never closed", advice)


def _bracket(t: Trouble) -> Diagnostic:
    closing = {"[": "]", "{": "}"}.get(t.opening, "]")
    if t.at_end:
        return t.opened(
            codes.UNCLOSED_BRACKET,
            f"the `{t.opening}` that opens here is never closed",
            f"close it with `{closing}`; if it belongs to a text, {QUOTE_HELP}",
        )
    return t.fault(
        codes.UNCLOSED_BRACKET,
        f"a `,` or the closing `{closing}` is expected before this",
        f"close the `{t.opening}`, or part the items by commas; if it belongs to a text, {QUOTE_HELP}",
        (Label(t.positions.span(t.begun, t.begun + 1), "opened here"),),
    )


def _content(t: Trouble) -> Diagnostic:
    if not t.character:
        return t.fault(codes.YAML_SYNTAX, "a value is expected before the end of the file", "write the value")
    return t.fault(
        codes.YAML_SYNTAX,
        f"a value is expected before {quoted(t.character)}",
        f"write the value; if {quoted(t.character)} belongs to a text, {QUOTE_HELP}",
    )


def _start(t: Trouble) -> Diagnostic:
    if t.character == "\t":
        return layout.stray_tab(t)
    if t.before.rstrip().endswith(("'", '"', "]", "}")):
        return layout.after_value(t)
    if t.character == "%" and not t.before:
        return _directive(t)
    return t.fault(
        codes.UNQUOTED_INDICATOR,
        f"a value can't begin with {quoted(t.character)}: YAML reserves it",
        QUOTE_HELP,
    )


def _question(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.UNQUOTED_INDICATOR, "a `? ` can't stand here", f"if it belongs to a text, {QUOTE_HELP}"
    )


def _escape(t: Trouble) -> Diagnostic:
    start = max(t.text.rfind("\\", t.begun, t.at + 1), t.begun)
    written = _ESCAPE.match(t.text, start)
    return codes.BAD_ESCAPE.at(
        t.positions.span(start, written.end() if written else start + 1),
        f"{quoted(written.group() if written else t.character)} is not an escape of YAML",
        help="write a backslash twice, or put the text in single quotes, where a backslash stands for itself",
    )


def _name(t: Trouble) -> Diagnostic:
    what = "an alias" if t.opening == "*" else "an anchor"
    return t.opened(
        codes.UNQUOTED_INDICATOR,
        f"`{t.opening}` begins {what}, and no name of letters and digits follows",
        f"if the `{t.opening}` belongs to a text, {QUOTE_HELP}",
    )


def _tag(t: Trouble) -> Diagnostic:
    tag = t.rest(t.begun).split(" ", 1)[0]
    return codes.CUSTOM_TAG.at(
        t.positions.span(t.begun, t.begun + max(1, len(tag))),
        f"the tag {quoted(tag)} means nothing here",
        help=f"delete the tag; if the `!` belongs to a text, {QUOTE_HELP}",
    )


def _block_header(t: Trouble) -> Diagnostic:
    header = t.rest(t.begun)
    return codes.YAML_SYNTAX.at(
        t.positions.span(t.begun, t.begun + max(1, len(header))),
        f"{quoted(header)} can't begin a text of several lines",
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
        f"the quote {t.opening} that opens here is not closed before the document ends",
        f"close it with {t.opening}",
        (Label(t.positions.span(t.at, t.at + 3), "the document ends here"),),
    )


def _other(t: Trouble) -> Diagnostic:
    return t.fault(
        codes.YAML_SYNTAX,
        f"this is not YAML: {t.problem}" + (f" ({t.context})" if t.context else ""),
        "mend the syntax here; a text with special characters stands in quotes",
    )


_TABLE: dict[str, Translation] = {
    "block sequence entries are not allowed in this context": layout.dash,
    "could not find expected ':'": layout.no_colon,
    "could not find expected directive name": _directive,
    "did not find URI escaped octet": _tag,
    "did not find expected ',' or ']'": _bracket,
    "did not find expected ',' or '}'": _bracket,
    "did not find expected '!'": _tag,
    "did not find expected '-' indicator": layout.unexpected,
    "did not find expected <document start>": layout.after_document,
    "did not find expected alphabetic or numeric character": _name,
    "did not find expected comment or line break": _block_header,
    "did not find expected digit or '.' character": _directive,
    "did not find expected hexdecimal number": _escape,
    "did not find expected key": layout.unexpected,
    "did not find expected node content": _content,
    "did not find expected tag URI": _tag,
    "did not find expected version number": _directive,
    "did not find expected whitespace": _directive,
    "did not find expected whitespace or line break": _tag,
    "did not find the expected '>'": _tag,
    "found a tab character that violates indentation": layout.stray_tab,
    "found a tab character where an indentation space is expected": layout.stray_tab,
    "found an incorrect leading UTF-8 octet": _tag,
    "found an incorrect trailing UTF-8 octet": _tag,
    "found an indentation indicator equal to 0": _block_header,
    "found character that cannot start any token": _start,
    "found duplicate %TAG directive": _directive,
    "found duplicate %YAML directive": _directive,
    "found extremely long version number": _directive,
    "found incompatible YAML document": _directive,
    "found invalid Unicode character escape code": _escape,
    "found undefined tag handle": _tag,
    colons.REFUSED: layout.tight_colon,
    "found unexpected document indicator": _indicator_in_quotes,
    "found unexpected end of stream": _quote,
    "found unexpected non-alphabetical character": _directive,
    "found unknown directive name": _directive,
    "found unknown escape character": _escape,
    "mapping keys are not allowed in this context": _question,
    "mapping values are not allowed in this context": layout.colon,
}
