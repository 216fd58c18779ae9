"""Errors of the parser that come from indentation, missing colons and text where none can be."""

from __future__ import annotations

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Label
from mlkc.source.quoting import quoted
from mlkc.source.trouble import QUOTE_HELP, Trouble

_KEY_LIMIT = 1024  # libyaml's, and YAML's own for a key without `?`


def tab(t: Trouble) -> Diagnostic:
    """A tab in the indentation."""
    start = t.line_start + t.indentation.find("\t")
    return codes.TAB_INDENTATION.at(
        t.positions.span(start, t.line_start + len(t.indentation)),
        "this line is indented with a tab",
        help="indent with spaces: YAML doesn't allow tabs here",
    )


def stray_tab(t: Trouble) -> Diagnostic:
    """A tab elsewhere, such as in the blank lines of a text of several lines."""
    if "\t" in t.indentation:
        return tab(t)
    return t.fault(codes.TAB_INDENTATION, "a tab can't stand here", "write spaces instead")


def unexpected(t: Trouble) -> Diagnostic:
    """Something other than the next key or list item."""
    if t.character in tuple("]}"):
        message = f"nothing is open that this {quoted(t.character)} could close"
        return t.fault(codes.YAML_SYNTAX, message, "delete it")
    if t.before.strip(" "):
        return after_value(t)
    if t.rest(t.at).split(" ", 1)[0] == ":":
        return _no_key(t)
    return _depth(t)


def after_value(t: Trouble) -> Diagnostic:
    """Text on the line of a value that is complete."""
    quote = t.before.rstrip()[-1:]
    if quote in tuple("'\"") and t.before.count(quote) % 2:
        return _closed_too_late(t, quote)
    value = t.before.strip().split(": ", 1)[-1].removeprefix("- ").strip()
    advice = "put the whole value in quotes, or set a comment off with ` #`"
    if quote == "'" and t.before.endswith(quote):
        advice = "inside single quotes an apostrophe is written twice: ''"
    return t.fault(
        codes.TEXT_AFTER_VALUE, f"text follows the value {quoted(value)}, which is complete", advice
    )


def _closed_too_late(t: Trouble, quote: str) -> Diagnostic:
    # The quote that ends here opened in a line above, most likely because that one was never closed.
    closing = t.line_start + len(t.before.rstrip()) - 1
    opening = max(t.text.rfind(quote, 0, closing), 0)
    return codes.UNCLOSED_QUOTE.at(
        t.positions.span(opening, opening + 1),
        f"the quote {quote} that opens here is not closed on its line",
        help=f"close it with {quote} on its line",
        related=(Label(t.positions.span(closing, closing + 1), "it ends at this one, and text follows"),),
    )


def _depth(t: Trouble) -> Diagnostic:
    what, item = ("list", "list item") if t.opening == "-" else ("mapping", "key")
    opened = t.positions.span(t.begun, t.begun + max(1, len(t.rest(t.begun))))
    if len(t.before) == opened.start.column - 1:
        advice = "begin the line with `- `" if what == "list" else "write `key: value`"
        if t.rest(t.at).startswith("- "):
            advice = "begin the list below a key of its own, or indent it as the list that it belongs to"
        begins = (Label(opened, f"the {what} begins here"),)
        return t.fault(codes.BAD_INDENTATION, f"a {item} is expected here", advice, begins)
    return _fits_nothing(t)


def _fits_nothing(t: Trouble) -> Diagnostic:
    column = len(t.before)
    fitting = _columns_above(t)
    # Of two equally near ones the deeper one: a line is more often a space short than one too far.
    nearest = max(fitting, key=lambda fit: (-abs(fit - column), fit))
    like = fitting[nearest]
    place = t.positions.span(like, like + max(1, len(t.rest(like))))
    *some, last = sorted(fitting)
    listed = f"{', '.join(map(str, some))} or {last}" if some else str(last)
    return t.fault(
        codes.BAD_INDENTATION,
        f"an indentation by {_spaces(column)} fits nothing above",
        f"indent it by {listed} spaces",
        (Label(place, f"indented by {_spaces(nearest)}"),),
    )


def _columns_above(t: Trouble) -> dict[int, int]:
    """Returns the columns of the mappings and lists that are open above, and an offset at each."""
    found: dict[int, int] = {}
    end = t.line_start
    while end > 0 and 0 not in found:
        start = t.text.rfind("\n", 0, end - 1) + 1
        line, end = t.rest(start), start
        column = len(line) - len(line.lstrip(" -"))
        if not line.strip(" -") or line[column : column + 1] == "#":
            continue
        shallower = min(found, default=len(line))
        columns = {column, *(i for i in range(column) if line[i] == "-")}
        found.update({fit: start + fit for fit in columns if fit < shallower})
    return found or {0: 0}


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


def colon(t: Trouble) -> Diagnostic:
    """A `:` where no key can be."""
    if len(t.before) > _KEY_LIMIT:
        return t.fault(codes.YAML_SYNTAX, f"a key is longer than {_KEY_LIMIT} characters", "shorten the key")
    key = t.before.strip().removeprefix("- ").strip()
    if not key:
        return _no_key(t)
    if ": " in key:
        return t.fault(
            codes.SECOND_COLON,
            "a second `: ` stands in this line",
            "give each key a line of its own; if it belongs to a text, put the text in quotes",
        )
    if key[-1] in "'\"" and key.count(key[-1]) % 2:
        return t.fault(codes.YAML_SYNTAX, "a key goes over several lines", "write the key on one line")
    above = t.line_above()
    if above is not None and not t.before.lstrip().startswith("- "):
        return _continues(t, key, above)
    return t.fault(
        codes.SECOND_COLON,
        f"{quoted(key)} can't be a key here",
        "give each key a line of its own; if the `: ` belongs to a text, put the text in quotes",
    )


def _continues(t: Trouble, key: str, above: int) -> Diagnostic:
    """The line reads as more text of the value above, so its colon comes as a surprise."""
    line = t.rest(above).removeprefix("- ")
    if ": " not in line and not line.endswith(":"):
        return _lacks_colon(t, above + len(t.rest(above)) - len(line), line)
    start = t.line_start + len(t.indentation)
    return codes.BAD_INDENTATION.at(
        t.positions.span(start, t.at),
        f"the key {quoted(key)} is indented deeper than the key above it, which has a value already",
        help="indent both alike; if it is to stand below that key, delete that key's value",
        related=(Label(t.positions.span(above, above + len(t.rest(above))), "the key above"),),
    )


def tight_colon(t: Trouble) -> Diagnostic:
    """A `:` without a blank after it."""
    return t.fault(
        codes.SECOND_COLON,
        "this `:` stands in a text and could also end a key",
        "write a space after it if it ends a key; else put the text in quotes",
    )


def _no_key(t: Trouble) -> Diagnostic:
    return t.fault(codes.SECOND_COLON, "a key is missing before this `:`", "write it before the `:`")


def no_colon(t: Trouble) -> Diagnostic:
    """A line that should be `key: value`."""
    return _lacks_colon(t, t.begun, t.rest(t.begun))


def _lacks_colon(t: Trouble, start: int, line: str) -> Diagnostic:
    advice = f"write {quoted(line + ': ')} and a value"
    if line.startswith("-") and line[1:2] not in ("", " "):
        advice = f"write a space after the dash: {quoted('- ' + line[1:])}"
    elif ":" in line:
        advice = f"write a space after the colon: {quoted(line.replace(':', ': ', 1))}"
    return codes.MISSING_COLON.at(
        t.positions.span(start, start + max(1, len(line))),
        f"{quoted(line)} is not a key: no `: ` follows",
        help=advice,
    )


def dash(t: Trouble) -> Diagnostic:
    """A `- ` where no list can begin."""
    return t.fault(
        codes.BAD_INDENTATION,
        "a list can't begin here",
        f"begin it on a line of its own, deeper than its key; if the `-` belongs to a text, {QUOTE_HELP}",
    )


def after_document(t: Trouble) -> Diagnostic:
    """Text after a root that is complete."""
    return t.fault(
        codes.TEXT_AFTER_VALUE,
        "text follows the end of the document",
        "delete it, or move it into the document: a spec is one mapping",
    )
