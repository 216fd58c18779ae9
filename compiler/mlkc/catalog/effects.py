"""What it does to a running stack when a field changes: the table behind `mlkc diff`.

The first row that fits a change counts. A field is written as `mlkc diff` walks it: keys, and for an entry of a
list its name; `*` stands for one step, `**` at the end for all that follow.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Literal

from msgspec import Struct

from mlkc.catalog.source import Source

When = Literal["always", "smaller", "larger", "added", "removed"]


class Effect(IntEnum):
    """What a change does, a higher number is worse."""

    NONE = 0
    METADATA = 1
    IMAGE = 2
    RESTART = 3
    DOWNTIME = 4
    ACCESS = 5
    DATA = 6
    REFUSED = 7

    def __str__(self) -> str:
        return self.name.lower()


TITLES: Final = {
    Effect.NONE: "no other effect",
    Effect.METADATA: "metadata only",
    Effect.IMAGE: "image rebuilt",
    Effect.RESTART: "rolling restart",
    Effect.DOWNTIME: "downtime",
    Effect.ACCESS: "access opened",
    Effect.DATA: "data at risk",
    Effect.REFUSED: "refused by the API server",
}


class EffectRow(Struct, frozen=True):
    """One rule.

    Attributes:
        kind: the object's kind; `*` for any, `pods` for the kinds that have a pod template.
        field: steps of the field; empty for the object as a whole.
        when: how the value changes; smaller and larger are about Kubernetes quantities.
        effect: what happens; RESTART of a workload whose old pods end first is told as DOWNTIME.
        note: what one should know, a phrase.
    """

    kind: str
    field: tuple[str, ...]
    when: When
    effect: Effect
    note: str
    source: Source
    doubts: tuple[str, ...] = ()


def fits(row: EffectRow, kind: str, field: tuple[str, ...]) -> bool:
    """Tells whether a row is about a field of an object of some kind, whatever way it changes."""
    pods = row.kind == "pods" and kind in ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
    if not pods and row.kind not in ("*", kind):
        return False
    steps = row.field[:-1] if row.field[-1:] == ("**",) else row.field
    if len(field) < len(steps) or (steps == row.field and len(field) != len(steps)):
        return False
    return all(step in ("*", own) for step, own in zip(steps, field, strict=False))


def row(kind: str, field: str, when: When, effect: Effect, note: str, source: Source) -> EffectRow:
    """Makes a row; the field's steps stand between blanks, and an effect that is only believed is in doubt."""
    doubts = ("effect",) if source.kind == "believed" else ()
    return EffectRow(kind, tuple(field.split()), when, effect, note, source, doubts)
