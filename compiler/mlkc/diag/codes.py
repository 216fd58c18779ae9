"""The one table of codes. A code is permanent: never reused, never given another meaning.

MK0xx the YAML text · MK1xx the spec's keys and types · MK2xx resolving it into a plan ·
MK3xx the catalogue's rules · MK4xx Kubernetes objects and what they refer to · MK5xx Kustomize ·
MK6xx images · MK7xx the output folder · MK8xx secrets · MK9xx the machine that mlkc runs on.
"""

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
        return Diagnostic(
            self.code, self.severity, message, Label(place, label), related, notes, help, fixes
        )
