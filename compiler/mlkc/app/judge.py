"""What becomes of the diagnostics of a spec: accepted warnings are left out; `--strict` makes errors of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlkc.diag import codes, fact_codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlkc.spec.accept import Acceptance


def without_accepted(
    diagnostics: Iterable[Diagnostic], accepted: Iterable[Acceptance], *, complete: bool
) -> tuple[Diagnostic, ...]:
    """Leaves out the warnings that the spec accepts.

    Args:
        diagnostics: what the stages found.
        accepted: the spec's list.
        complete: every stage has run, so that an acceptance that met nothing is known to be of no use.

    Returns:
        What remains, and a warning for each acceptance that met nothing. Errors always remain.
    """
    entries = list(accepted)
    if not entries:
        return tuple(diagnostics)
    kept: list[Diagnostic] = []
    met: set[str] = set()
    for diagnostic in diagnostics:
        if diagnostic.severity is not Severity.ERROR and any(_means(entry, diagnostic) for entry in entries):
            met.add(diagnostic.code)
        else:
            kept.append(diagnostic)
    seen: set[tuple[str, str | None]] = set()
    for index, entry in enumerate(entries):
        twice = (entry.code, entry.finding) in seen
        seen.add((entry.code, entry.finding))
        # What other tools find is known to `blame` alone, and only of the tool at hand.
        elsewhere = entry.code == output_codes.FOREIGN_FINDING.code
        if complete and (twice or (entry.code not in met and not elsewhere)):
            kept.append(_unused(entry.code, ("accept", index), twice=twice))
    return tuple(kept)


def _means(entry: Acceptance, diagnostic: Diagnostic) -> bool:
    if entry.code != diagnostic.code:
        return False
    return entry.finding is None or diagnostic.message.startswith(f"{entry.finding}: ")


def _unused(code: str, place: tuple[str, int], *, twice: bool) -> Diagnostic:
    name = next(row.name for row in codes.ALL if row.code == code)
    reason = "it is accepted already" if twice else "nothing in this spec raises it"
    return fact_codes.UNUSED_ACCEPTANCE.at(
        InSpec((*place, "code")),
        f"`{code}` ({name}) is accepted to no end: {reason}",
        help="delete the entry, so that it does not hide the next one",
    )


def strictly(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Makes errors of warnings; notes stay what they are."""
    return tuple(
        replace(diagnostic, severity=Severity.ERROR)
        if diagnostic.severity is Severity.WARNING
        else diagnostic
        for diagnostic in diagnostics
    )
