"""Scalar events to values: styles, tags and the core schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.source.nodes import Scalar
from mlkc.source.quoting import quoted
from mlkc.source.scalars import NumberOutOfRangeError, has_leading_zero, resolve

if TYPE_CHECKING:
    from mlkc.diag.diagnostic import Diagnostic
    from mlkc.source.scalars import Plain
    from mlkc.text.span import Span

_TAG = re.compile(r"![^\s,\[\]{}]*")
_YAML = "tag:yaml.org,2002:"
# A boolean is an int in Python, so each tag names the exact types that it allows.
_TYPES: dict[str, tuple[type, ...]] = {
    _YAML + "int": (int,),
    _YAML + "float": (float, int),
    _YAML + "bool": (bool,),
    _YAML + "null": (type(None),),
}


class ScalarReader:
    """Reads scalar events; what is wrong with them goes to the list that it was given."""

    def __init__(self, faults: list[Diagnostic]) -> None:
        self._faults = faults

    def read(self, event: Any, span: Span) -> Scalar:
        """Returns the node of a scalar event."""
        text: str = event.value
        if event.tag is not None:
            return Scalar(span, self._tagged(event.tag, text, span))
        if event.style:
            return Scalar(span, text)
        value = self._resolved(text, span)
        if value is not None and has_leading_zero(text):
            self._faults.append(_leading_zero(text, span))
        return Scalar(span, value)

    def unknown_tag(self, tag: str, span: Span) -> Diagnostic:
        """Makes the diagnostic for a tag that means nothing on this node."""
        written = "!!" + tag.removeprefix(_YAML) if tag.startswith(_YAML) else tag
        return codes.CUSTOM_TAG.at(
            _tag(span),
            f"the tag {quoted(written)} means nothing here",
            help="delete the tag; if the `!` belongs to a text, put the text in single quotes",
        )

    def _tagged(self, tag: str, text: str, span: Span) -> Plain:
        if tag in ("!", _YAML + "str"):
            return text
        if tag not in _TYPES:
            self._faults.append(self.unknown_tag(tag, span))
            return None
        value = self._resolved(text, span)
        if type(value) not in _TYPES[tag]:
            name = tag.removeprefix(_YAML)
            self._faults.append(
                codes.WRONG_TAG.at(
                    span,
                    f"{quoted(text)} is not of the type `!!{name}`",
                    help="delete the tag or mend the value",
                )
            )
        return value

    def _resolved(self, text: str, span: Span) -> Plain:
        try:
            return resolve(text)
        except NumberOutOfRangeError:
            self._faults.append(
                codes.NUMBER_OUT_OF_RANGE.at(
                    span,
                    f"the number {quoted(text)} is out of range",
                    help="write a finite number that fits into 64 bits; if it is a text, put it in quotes",
                )
            )
            return None


def _tag(span: Span) -> Span:
    # The parser begins a node at its anchor or tag, in either order.
    start = span.start
    line = span.file.line(start.line)
    found = _TAG.search(line, start.column - 1)
    if found is None:
        return span
    return span._replace(
        start=start._replace(column=found.start() + 1), end=start._replace(column=found.end() + 1)
    )


def _leading_zero(text: str, span: Span) -> Diagnostic:
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    plain = sign + (digits.lstrip("0") or "0")
    advice = f'write `{plain}` for the number, or "{text}" in quotes for the text'
    if set(digits) <= set("01234567"):
        advice = f"write `{plain}` for the number, `0o{digits.lstrip('0') or '0'}` for the octal one, " + (
            f'or "{text}" in quotes for the text'
        )
    return codes.LEADING_ZERO.at(
        span,
        f"{quoted(text)} is the number {quoted(plain)} here, and an octal number to YAML 1.1",
        help=advice,
    )
