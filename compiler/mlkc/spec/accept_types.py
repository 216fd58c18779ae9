"""`accept`: which codes can be accepted."""

from typing import Annotated

from mlkc.diag import codes, fact_codes
from mlkc.diag.diagnostic import Severity
from mlkc.diag.suggest import closest
from mlkc.spec.annotate import AfterValidator
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


WarningCode = Annotated[str, AfterValidator(_warning)]
