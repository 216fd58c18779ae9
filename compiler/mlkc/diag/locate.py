"""Symbolic places to spans, late, when the file is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from mlkc.diag.codes import CREDENTIALS_IN_URL, PLAIN_TEXT_SECRET, PLAIN_VARIABLE
from mlkc.diag.diagnostic import InSpec
from mlkc.text.mask import mask_urls
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.diagnostic import Diagnostic, Label
    from mlkc.text.paths import SpecPath


_OF_SECRETS = (PLAIN_TEXT_SECRET.code, CREDENTIALS_IN_URL.code, PLAIN_VARIABLE.code)


class Locator(Protocol):
    """Whatever knows where a spec path stands; the tree of the spec file does."""

    def span(self, path: SpecPath, key: bool = False) -> Span:
        """Returns the place of `path`, or of its nearest written parent."""
        ...

    def secrets(self) -> Iterable[Span]:
        """Returns the places of values that may be secrets."""
        ...


def locate(diagnostics: Iterable[Diagnostic], tree: Locator) -> tuple[Diagnostic, ...]:
    """Returns the diagnostics with a span for every `InSpec`, and without secrets; other places stay as they are."""
    diagnostics = tuple(diagnostics)
    secrets = tuple(tree.secrets()) if diagnostics else ()
    return tuple(
        replace(
            diagnostic,
            message=mask_urls(diagnostic.message),
            primary=_located(diagnostic.primary, tree),
            related=tuple(_located(label, tree) for label in diagnostic.related),
            notes=tuple(map(mask_urls, diagnostic.notes)),
            help=mask_urls(diagnostic.help) if diagnostic.help else diagnostic.help,
            hidden=(*secrets, *_secret(diagnostic, tree)),
        )
        for diagnostic in diagnostics
    )


def _secret(diagnostic: Diagnostic, tree: Locator) -> tuple[Span, ...]:
    place = diagnostic.primary.place
    if diagnostic.code not in _OF_SECRETS or not isinstance(place, InSpec):
        return ()
    return (tree.span(place.path),)


def _located(label: Label, tree: Locator) -> Label:
    if not isinstance(label.place, InSpec):
        return label
    return replace(label, place=tree.span(label.place.path, label.place.key))
