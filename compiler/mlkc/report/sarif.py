"""Diagnostics as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlkc import __version__
from mlkc.diag import codes
from mlkc.diag.diagnostic import InSpec
from mlkc.text.paths import dotted
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.diag.code import Code
    from mlkc.diag.diagnostic import Diagnostic, Label, Place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Renders diagnostics as a SARIF log of one run; text beyond ASCII is escaped."""
    diagnostics = tuple(diagnostics)
    used = sorted({diagnostic.code for diagnostic in diagnostics})
    table = {code.code: code for code in codes.ALL}
    run = {
        "tool": {
            "driver": {
                "name": "mlkc",
                "version": __version__,
                "rules": [_rule(code, table.get(code)) for code in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, used.index(diagnostic.code)) for diagnostic in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, row: Code | None) -> dict[str, Any]:
    if row is None:
        return {"id": code}
    return {
        "id": code,
        "name": row.name,
        "shortDescription": {"text": row.title},
        "defaultConfiguration": {"level": str(row.severity)},
    }


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    lines = [diagnostic.message, *diagnostic.notes]
    if diagnostic.help is not None:
        lines.append(f"help: {diagnostic.help}")
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": str(diagnostic.severity),
        "message": {"text": "\n".join(lines)},
        "locations": [_location(diagnostic.primary)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(label)} for number, label in enumerate(diagnostic.related, 1)
        ]
    return result


def _location(label: Label) -> dict[str, Any]:
    location = _place(label.place)
    if label.text:
        location["message"] = {"text": label.text}
    return location


def _place(place: Place) -> dict[str, Any]:
    if isinstance(place, InSpec):
        return {"logicalLocations": [{"fullyQualifiedName": dotted(place.path), "kind": "member"}]}
    if isinstance(place, Span):
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file.name)}}
        if place.file.text:
            physical["region"] = {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            }
        return {"physicalLocation": physical}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}}}
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": place.pointer}]
    return location


def _uri(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    # A path is not a URI: `a b#c` would name another file, and an absolute one needs a scheme.
    return ("file://" if name.startswith("/") else "") + quote(name, errors="surrogateescape")
