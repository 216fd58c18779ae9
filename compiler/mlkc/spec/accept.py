"""`accept`: warnings that the spec's owner knows of and can live with."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.accept_types import WarningCode
from mlkc.spec.model import SpecModel


class Acceptance(SpecModel):
    """A warning that is not shown, and why that is right here."""

    code: WarningCode = Field(description="Code of the warning, or its name: `ingress-without-tls`.")
    finding: str | None = Field(
        default=None,
        description="Of MK690, the one finding of another tool: `hadolint DL3008`; all of them if left out.",
    )
    reason: Annotated[str, Field(min_length=10, max_length=500)] = Field(
        description="Why it may stay, for whoever reads the spec next."
    )
