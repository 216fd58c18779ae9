"""Diagnostics as JSON for programs; `diagnostics.schema.json` beside this file describes it.

`schema` changes its version only when a reader of the old one would break: keys may be added. Lines
and columns count from 1, columns in code points; `end` is the place after the last character.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import InSpec, Severity
from mlkc.text.paths import dotted
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.diagnostic import Diagnostic, Fix, Label, Place
    from mlkc.text.span import Position

SCHEMA = "mlkc.dev/diagnostics/v1"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Renders diagnostics as one JSON object; text beyond ASCII is escaped."""
    diagnostics = tuple(diagnostics)
    names = {code.code: code.name for code in codes.ALL}
    body = {
        "schema": SCHEMA,
        "summary": {f"{severity}s": _count(diagnostics, severity) for severity in reversed(Severity)},
        "diagnostics": [_diagnostic(diagnostic, names) for diagnostic in diagnostics],
    }
    return json.dumps(body, indent=2, allow_nan=False) + "\n"


def _count(diagnostics: Iterable[Diagnostic], severity: Severity) -> int:
    return sum(diagnostic.severity is severity for diagnostic in diagnostics)


def _diagnostic(diagnostic: Diagnostic, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": names.get(diagnostic.code),
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "primary": _label(diagnostic.primary),
        "related": [_label(label) for label in diagnostic.related],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    renamed = {} if fix.key is None else {"key": fix.key}
    return {"title": fix.title, "path": list(fix.path), "value": fix.value, **renamed}


def _label(label: Label) -> dict[str, Any]:
    return {"place": _place(label.place), "text": label.text}


def _place(place: Place) -> dict[str, Any]:
    if isinstance(place, Span):
        where = {"start": _position(place.start), "end": _position(place.end)}
        return {"kind": "source", "file": place.file.name, **where}
    if isinstance(place, InSpec):
        return {"kind": "spec", "path": list(place.path), "dotted": dotted(place.path), "key": place.key}
    return {"kind": "output", "file": place.file, "pointer": place.pointer}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
