"""Diagnostics as workflow commands, which GitHub shows beside the changed lines.

The runner splits properties at `,`, and the properties from the message at `:`; each command ends with
its line. Escapes as in the runner's ActionCommand.cs (actions/runner, src/Runner.Common).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.diag.diagnostic import InSpec, Severity
from mlkc.report.cells import safe
from mlkc.text.paths import dotted
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.diagnostic import Diagnostic, Place

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Renders one command a diagnostic, each on a line; characters that can't be seen are escaped."""
    return "".join(_command(diagnostic) + "\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {**_where(diagnostic.primary.place), "title": diagnostic.code}
    lines = [diagnostic.message]
    if isinstance(diagnostic.primary.place, InSpec):
        lines[0] = f"{dotted(diagnostic.primary.place.path)}: {lines[0]}"
    lines.extend(f"note: {note}" for note in diagnostic.notes)
    if diagnostic.help is not None:
        lines.append(f"help: {diagnostic.help}")
    written = ",".join(f"{name}={_property(safe(value))}" for name, value in properties.items())
    message = "\n".join(safe(line) for line in lines)
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(message)}"


def _where(place: Place) -> dict[str, str]:
    if isinstance(place, InSpec):
        return {}
    if not isinstance(place, Span):
        return {"file": place.file}
    if not place.file.text:
        return {"file": place.file.name}
    where = {"file": place.file.name, "line": str(place.start.line), "endLine": str(place.end.line)}
    # The runner drops columns of a place over several lines, with a complaint in its log.
    if place.start.line == place.end.line:
        where |= {"col": str(place.start.column), "endColumn": str(place.end.column)}
    return where


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
