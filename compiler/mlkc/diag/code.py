"""A row of the table of codes."""

from __future__ import annotations

from dataclasses import dataclass

from mlkc.diag.diagnostic import Diagnostic, Fix, Label, Place, Severity


@dataclass(frozen=True, slots=True)
class Code:
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

    def at(
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
