"""Diagnostics and change sets as text, JSON, SARIF and GitHub annotations.

Each format is one module with a function `render`; it is imported when it is asked for.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mlkc.diag.diagnostic import Diagnostic


class Terminal(Struct, frozen=True):
    """What a report is read on; formats for machines don't look at it.

    Attributes:
        colour: whether escape sequences for colours are understood.
        width: columns.
    """

    colour: bool = False
    width: int = 100


Reporter: TypeAlias = "Callable[[Iterable[Diagnostic], Terminal], str]"
"""Renders located diagnostics in the given order; what it returns ends with a line end or is empty."""


def _text(diagnostics: Iterable[Diagnostic], terminal: Terminal) -> str:
    from mlkc.report import text  # noqa: PLC0415

    return text.render(diagnostics, colour=terminal.colour, width=terminal.width)


def _json(diagnostics: Iterable[Diagnostic], _terminal: Terminal) -> str:
    from mlkc.report import json_  # noqa: PLC0415

    return json_.render(diagnostics)


def _sarif(diagnostics: Iterable[Diagnostic], _terminal: Terminal) -> str:
    from mlkc.report import sarif  # noqa: PLC0415

    return sarif.render(diagnostics)


def _github(diagnostics: Iterable[Diagnostic], _terminal: Terminal) -> str:
    from mlkc.report import github  # noqa: PLC0415

    return github.render(diagnostics)


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {"text": _text, "json": _json, "sarif": _sarif, "github": _github}
)
"""The formats by the name that `--format` takes."""
