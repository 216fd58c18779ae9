"""A row of the table of codes."""

from __future__ import annotations

from msgspec import Struct

from mlkc.diag.diagnostic import Diagnostic, Fix, Label, Place, Severity


class Code(Struct, frozen=True):
    """A row of the table.

    Attributes:
        code: `MK` and three digits.
        name: kebab-case; names the pattern that is wrong, so that it reads well after "allow".
        severity: what it is unless the user raises it.
        title: one line for lists.
    """

    code: str
    name: str
    severity: Severity
    title: str

    def at(  # noqa: PLR0913  each is a part of what is shown
        self,
        place: Place,
        message: str,
        *,
        label: str = "",
        help: str | None = None,  # noqa: A002  the word that the report prints
        notes: tuple[str, ...] = (),
        related: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> Diagnostic:
        """Makes a diagnostic of this code at `place`."""
        return Diagnostic(self.code, self.severity, message, Label(place, label), related, notes, help, fixes)
