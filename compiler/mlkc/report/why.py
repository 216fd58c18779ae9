"""Answers of `mlkc why`, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlkc.app.explain import Cause, named
from mlkc.check.tree import field
from mlkc.report.cells import safe
from mlkc.text.mask import mask
from mlkc.text.paths import dotted, pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.app.explain import Reason
    from mlkc.app.why import Answer
    from mlkc.app.why_object import WhyField

SCHEMA = "mlkc.dev/why/v1"


def chain(answer: Answer) -> str:
    """Writes the whole chain of one line."""
    lines = [f"{answer.path}:{answer.line}", f"  {safe(answer.text)}"]
    if answer.pointer:
        lines.append(f"  is {field(answer.pointer)}")
    return "\n".join([*lines, *_reason(answer.reason)]) + "\n"


def annotated(answers: Iterable[Answer]) -> str:
    """Writes every line of a file behind its place in the spec; `=` marks a setting that the spec writes.

    `~` marks what is computed, `-` a default, `.` a line that is the same for every spec.
    """
    answers = tuple(answers)
    signs = {Cause.DERIVED: "~", Cause.DEFAULT: "-", Cause.FIXED: "."}
    places = [f"{answer.reason.place.start.line}" for answer in answers]
    settings = [named(answer.reason.setting) for answer in answers]
    width, wide = max(map(len, places)), min(max(map(len, settings)), 44)
    rows = (
        f"{place:>{width}} {signs.get(answer.reason.cause, '=')} {_cut(setting, wide):{wide}} │ {safe(answer.text)}"
        for place, setting, answer in zip(places, settings, answers, strict=True)
    )
    return "\n".join(row.rstrip() for row in rows) + "\n"


def rendered(found: WhyField) -> str:
    """Writes the chain of a field of a rendered object."""
    lines = [f"{found.overlay} {found.object} {found.field}".rstrip(), f"  {safe(found.value)}"]
    for index, setter in enumerate(found.setters):
        word = "set by" if index == len(found.setters) - 1 else "before that by"
        lines.insert(2, f"  {word} {setter.path}:{setter.line}")
    if found.reason is not None:
        lines += _reason(found.reason)
    return "\n".join(lines) + "\n"


def as_json(answers: Iterable[Answer]) -> str:
    """Writes the answers as one JSON object."""
    return _dump(
        [
            {
                "file": answer.path,
                "line": answer.line,
                "text": answer.text,
                "pointer": pointer(answer.pointer),
                **_cause(answer.reason),
            }
            for answer in answers
        ]
    )


def rendered_as_json(found: WhyField) -> str:
    """Writes the answer on a rendered field as one JSON object."""
    row = {
        "overlay": found.overlay,
        "object": found.object,
        "field": found.field,
        "value": found.value,
        "setBy": [{"file": setter.path, "line": setter.line} for setter in found.setters],
    }
    return _dump([{**row, **(_cause(found.reason) if found.reason else {})}])


def _dump(answers: list[dict[str, Any]]) -> str:
    import json  # noqa: PLC0415

    return json.dumps({"schema": SCHEMA, "answers": answers}, indent=2) + "\n"


def _cause(reason: Reason) -> dict[str, Any]:
    start = reason.place.start
    return {
        "cause": str(reason.cause),
        "rule": reason.rule,
        "wholeFile": reason.whole,
        "plan": dotted(reason.plan_path),
        "setting": dotted(reason.setting),
        "written": reason.written,
        "spec": {"file": reason.place.file.name, "line": start.line, "column": start.column},
    }


def _reason(reason: Reason) -> list[str]:
    said = {
        Cause.SPEC: f"says `{named(reason.setting)}`",
        Cause.OVERRIDE: f"says `{named(reason.setting)}`, which overrides the setting for all environments",
        Cause.DEFAULT: f"is the default of `{named(reason.setting)}`: {reason.rule}",
        Cause.DERIVED: f"is computed from `{named(reason.setting)}`: {reason.rule}",
        Cause.PATCH: f"is `{named(reason.setting)}`: {reason.rule}",
        Cause.FIXED: f"is there because {reason.rule}",
    }[reason.cause]
    whole = "the file as a whole: it " if reason.whole else ""
    line = mask(reason.place.file.line(reason.place.start.line))
    at = "" if reason.written else "left out there: "
    return [f"  {whole}{said}", f"  {at}{reason.place}", f"      {safe(line)}"]


def _cut(text: str, wide: int) -> str:
    return text if len(text) <= wide else "…" + text[1 - wide :]
