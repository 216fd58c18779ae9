"""Where a fact comes from, and how far it may be trusted.

Every row of every table carries a `Source`. A row may doubt some of its own cells: their names stand in
`doubts`, and they count as believed although the rest of the row is not.
"""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

Kind = Literal["seen", "read", "believed"]


class Source(Struct, frozen=True):
    """The origin of a row.

    Attributes:
        kind: `seen` by running the real thing or asking its index, `read` in the named public material,
            `believed` for neither: such a fact may raise a warning, never an error.
        where: the program, page or repository, in words that let a reader find it again.
        date: year and month of the look, `2026-11`.
    """

    kind: Kind
    where: str
    date: str


class Row(Protocol):
    """What every row of the catalogue has."""

    @property
    def source(self) -> Source:
        """Where the row comes from."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """The fields that are believed only, whatever the source of the row."""


def certain(row: Row, *fields: str) -> bool:
    """Tells whether `fields` of `row` may decide an error; without fields, whether the row as a whole may."""
    return row.source.kind != "believed" and not any(field in row.doubts for field in fields)
