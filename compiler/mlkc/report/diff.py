"""Changes of a stack as text, as Markdown for a pull request, and as JSON."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mlkc.app.explain import named
from mlkc.catalog.effects import TITLES, Effect
from mlkc.report.cells import safe
from mlkc.text.mask import mask
from mlkc.text.paths import dotted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlkc.app.diff import Change
    from mlkc.app.edits import Edit

SCHEMA = "mlkc.dev/diff/v1"
MARKDOWN_LIMIT: Final = 65_536
# Room for the line that says how many changes were left out.
_RESERVE: Final = 400
_TICKS: Final = re.compile("`{3,}")
_DANGEROUS: Final = Effect.DOWNTIME


def text(changes: Sequence[Change], edits: Sequence[Edit] = ()) -> str:
    """Writes the changes for a terminal, the worst first, each with its place in the spec; then edits by hand."""
    return _changes(changes) + "".join(
        f"\n{safe(edited(edit))}\n" + "".join(f"    {safe(line)}\n" for line in edit.lines) for edit in edits
    )


def edited(edit: Edit) -> str:
    """Says what an edit is."""
    return f"{edit.path} was edited by hand, and a compile leaves it as it is:"


def _changes(changes: Sequence[Change]) -> str:
    if not changes:
        return "nothing changes\n"
    blocks = []
    for change in changes:
        lines = [_headline(change), f"    {effect_words(change)}"]
        if change.reason is not None:
            lines.append(f"    {change.reason.place}  {spec_line(change)}".rstrip())
        blocks.append("\n".join(safe(line) for line in lines))
    return "\n".join([*blocks, "", summary(changes)]) + "\n"


def summary(changes: Sequence[Change]) -> str:
    """Counts the changes by effect, the worst first."""
    counts = Counter(change.effect for change in changes)
    kinds = ", ".join(f"{counts[effect]} {TITLES[effect]}" for effect in sorted(counts, reverse=True))
    return f"{len(changes)} change{'' if len(changes) == 1 else 's'}: {kinds}"


def markdown(
    changes: Sequence[Change],
    title: str,
    limit: int = MARKDOWN_LIMIT,
    *,
    edits: Sequence[Edit] = (),
    unread: Sequence[str] = (),
) -> str:
    """Writes a comment for a pull request: under a limit of characters, what is dangerous first and never folded.

    Args:
        changes: what differs, the worst first.
        title: what is compared with what.
        limit: of characters.
        edits: of files that are compared with.
        unread: what could not be compared.
    """
    said = _md(summary(changes)) if changes else "Nothing changes."
    out = f"### {_md(title)}\n\n{said}\n"
    out += "".join(f"\n> **Not compared:** {_md(line)}\n" for line in unread)
    out = _tables(out, changes, limit)
    for edit in edits:
        fence = "`" * (3 + max((len(run) for line in edit.lines for run in _TICKS.findall(line)), default=0))
        lines = "".join(f"{safe(line)}\n" for line in edit.lines)
        block = f"\n<details><summary>{_md(edited(edit))}</summary>\n\n{fence}diff\n{lines}{fence}\n\n</details>\n"
        out += (
            block
            if len(out) + len(block) + _RESERVE < limit
            else f"\n{_md(edited(edit))} no room to show it.\n"
        )
    return out


def _tables(out: str, changes: Sequence[Change], limit: int) -> str:
    loud = [change for change in changes if change.effect >= _DANGEROUS]
    quiet = [change for change in changes if change.effect < _DANGEROUS]
    head = "\n| change | effect | because of |\n|---|---|---|\n"
    left = 0
    for part, opening, closing in (
        (loud, head, ""),
        (quiet, f"\n<details><summary>{len(quiet)} more</summary>\n{head}", "\n</details>\n"),
    ):
        rows = [_row(change) for change in part]
        if not rows:
            continue
        out += opening
        for position, row in enumerate(rows):
            if len(out) + len(row) + len(closing) + _RESERVE > limit:
                left += len(rows) - position
                break
            out += row
        out += closing
    if left:
        out += f"\n**{left} changes are left out: a comment has no room for them.** Run `mlkc diff` to see all.\n"
    return out


def as_json(
    found: Sequence[tuple[str, Sequence[Change]]],
    edits: Sequence[tuple[str, Edit]] = (),
    unread: Sequence[tuple[str, str]] = (),
) -> str:
    """Writes the changes of each spec, the edits by hand and what could not be compared, for programs."""
    import json  # noqa: PLC0415

    rows = [
        {
            "spec": spec,
            "component": change.component,
            "environments": list(change.environments),
            "kind": change.kind,
            "name": change.name,
            "field": change.field,
            "term": change.term,
            "action": change.action,
            "old": change.old,
            "new": change.new,
            "effect": str(change.effect),
            "note": change.note,
            "pods": list(change.pods),
            "because": None
            if change.reason is None
            else {
                "cause": str(change.reason.cause),
                "setting": dotted(change.reason.setting),
                "rule": change.reason.rule,
                "file": change.reason.place.file.name,
                "line": change.reason.place.start.line,
                "column": change.reason.place.start.column,
            },
        }
        for spec, changes in found
        for change in changes
    ]
    beside = {
        "edits": [{"spec": spec, "path": edit.path, "lines": list(edit.lines)} for spec, edit in edits],
        "unread": [{"spec": spec, "message": message} for spec, message in unread],
    }
    return json.dumps({"schema": SCHEMA, "changes": rows, **beside}, indent=2) + "\n"


def _headline(change: Change) -> str:
    where = (
        f"{change.component} · {', '.join(change.environments)}" if change.environments else change.component
    )
    return f"{where}: {change.term}{_values(change)}"


def _values(change: Change) -> str:
    if change.kind == "image":
        return f" {change.action} ({change.new})"
    if not change.field:
        return f" {change.action}" + (f": {change.old or change.new}" if change.old or change.new else "")
    if change.old == change.new:
        return " changed" + (f" ({change.new})" if change.new.endswith("lines") else "")
    if change.old and change.new:
        return f" {change.old} → {change.new}"
    # Of two lists only the entries that differ are shown.
    words = {"added": " added: ", "removed": " removed: "}.get(change.action, " + " if change.new else " - ")
    return f"{words}{change.old or change.new}"


def effect_words(change: Change) -> str:
    """Says what a change does, with the pods that are replaced and what one should know."""
    if change.effect is Effect.NONE and change.note:
        return change.note
    said = TITLES[change.effect]
    if change.pods:
        names = ", ".join(change.pods)
        replaced = change.effect in (Effect.RESTART, Effect.DOWNTIME)
        said += (
            f" of {names}" if replaced else f" ({names} {'restarts' if len(change.pods) == 1 else 'restart'})"
        )
    return f"{said}: {change.note}" if change.note else said


def spec_line(change: Change) -> str:
    """Returns the line of the spec behind a change, without secrets, or says that the setting is left out."""
    reason = change.reason
    if reason is None:
        return ""
    if not reason.written:
        return f"(`{named(reason.setting)}` is left out)"
    return mask(reason.place.file.line(reason.place.start.line)).strip()


def _row(change: Change) -> str:
    because = "" if change.reason is None else f"{_code(str(change.reason.place))} {_code(spec_line(change))}"
    strong = "**" if change.effect >= _DANGEROUS else ""
    return f"| {_md(_headline(change))} | {strong}{_md(effect_words(change))}{strong} | {because} |\n"


def _md(text_: str) -> str:
    """Text that Markdown takes as text, in a cell of a table too."""
    return "".join(
        f"&#{ord(c)};" if c in "&<>@#" else f"\\{c}" if c in "\\`*_[]|~" else c for c in safe(text_)
    )


def _code(text_: str) -> str:
    if not text_:
        return ""
    escaped = "".join(f"&#{ord(c)};" if c in "&<>|`@*_#[]" else c for c in safe(text_))
    return f"<code>{escaped}</code>"
