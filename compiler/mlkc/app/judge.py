"""What becomes of the diagnostics of a spec: accepted warnings are left out; `--strict` makes errors of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlkc.diag import codes, fact_codes
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
    places = [(entry.code, ("accept", index)) for index, entry in enumerate(accepted)]
    if not places:
        return tuple(diagnostics)
    wanted = {code for code, _ in places}
    kept: list[Diagnostic] = []
    met: set[str] = set()
    for diagnostic in diagnostics:
        if diagnostic.code in wanted and diagnostic.severity is not Severity.ERROR:
            met.add(diagnostic.code)
        else:
            kept.append(diagnostic)
    seen: set[str] = set()
    for code, place in places:
        if complete and (code not in met or code in seen):
            kept.append(_unused(code, place, twice=code in seen))
        seen.add(code)
    return tuple(kept)


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
