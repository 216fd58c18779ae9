"""The order in which diagnostics are read, and what is said twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.diag.diagnostic import InSpec
from mlkc.text.paths import dotted
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.diagnostic import Diagnostic, Place


def sort(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Returns the diagnostics in file order, each once.

    Spans come first, by file, line and column; then places in the spec without a span, then those in
    outputs. At one place the worst comes first, then the lower code.
    Two diagnostics are the same when code, place and message are: the second one is left out, with
    what it relates to.
    """
    kept: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        kept.setdefault((diagnostic.code, _rank(diagnostic.primary.place), diagnostic.message), diagnostic)
    return tuple(sorted(kept.values(), key=_key))


def _key(diagnostic: Diagnostic) -> tuple[object, ...]:
    return (*_rank(diagnostic.primary.place), -diagnostic.severity, diagnostic.code, diagnostic.message)


def _rank(place: Place) -> tuple[int, str, int, int, str]:
    if isinstance(place, Span):
        # The end doesn't count: a mapping and its first key begin at one place.
        return 0, place.file.name, place.start.line, place.start.column, ""
    if isinstance(place, InSpec):
        return 1, dotted(place.path), 0, 0, ""
    return 2, place.file, 0, 0, place.pointer
