"""Symbolic places to spans, late, when the file is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from mlkc.diag.diagnostic import InSpec
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.diagnostic import Diagnostic, Label
    from mlkc.text.paths import SpecPath


class Locator(Protocol):
    """Whatever knows where a spec path stands; the tree of the spec file does."""

    def span(self, path: SpecPath, key: bool = False) -> Span:
        """Returns the place of `path`, or of its nearest written parent."""
        ...


def locate(diagnostics: Iterable[Diagnostic], tree: Locator) -> tuple[Diagnostic, ...]:
    """Returns the diagnostics with a span for every `InSpec`; other places stay as they are."""
    return tuple(
        replace(
            diagnostic,
            primary=_located(diagnostic.primary, tree),
            related=tuple(_located(label, tree) for label in diagnostic.related),
        )
        for diagnostic in diagnostics
    )


def _located(label: Label, tree: Locator) -> Label:
    if not isinstance(label.place, InSpec):
        return label
    return replace(label, place=tree.span(label.place.path, label.place.key))
