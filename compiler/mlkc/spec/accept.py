"""`accept`: warnings that the spec's owner knows of and can live with."""

from typing import Annotated

from pydantic import AfterValidator, Field

from mlkc.diag import codes, fact_codes
from mlkc.diag.diagnostic import Severity
from mlkc.diag.suggest import closest
from mlkc.spec.model import SpecModel
from mlkc.spec.types import refuse

# What is said of the output folder and of the machine is not the spec's to accept.
_ELSEWHERE = ("MK7", "MK9")


def _warning(text: str) -> str:
    """Returns the code, also for its name; refuses what is no warning."""
    found = next((row for row in codes.ALL if text in (row.code, row.name)), None)
    if found is None:
        guess = closest(text, [name for row in codes.ALL for name in (row.code, row.name)])
        advice = f"did you mean `{guess}`?" if guess else "`mlkc explain` lists the codes"
        refuse("unknown-value", f"`{text}` is neither a code nor the name of one", advice)
    if found is fact_codes.UNUSED_ACCEPTANCE or found.code.startswith(_ELSEWHERE):
        refuse("accepted-error", f"`{text}` is not about what the spec asks for", "take it out of the list")
    if found.severity is Severity.ERROR:
        refuse(
            "accepted-error",
            f"`{text}` is an error, and only warnings can be accepted",
            f"mend what it reports; `mlkc explain {found.code}` says how",
        )
    return found.code


class Acceptance(SpecModel):
    """A warning that is not shown, and why that is right here."""

    code: Annotated[str, AfterValidator(_warning)] = Field(
        description="Code of the warning, or its name: `ingress-without-tls`."
    )
    finding: str | None = Field(
        default=None,
        description="Of MK690, the one finding of another tool: `hadolint DL3008`; all of them if left out.",
    )
    reason: Annotated[str, Field(min_length=10, max_length=500)] = Field(
        description="Why it may stay, for whoever reads the spec next."
    )
