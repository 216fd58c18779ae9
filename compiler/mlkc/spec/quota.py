"""`quota` and `limits`: what the namespace may use, and what each container in it may ask for."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.model import SpecModel, section
from mlkc.spec.resources import Amounts
from mlkc.spec.types import Bytes


class Quota(SpecModel):
    """A ResourceQuota of the namespace. What the stack itself needs at the most must fit."""

    requests: Amounts = section("What all pods together may ask for.")
    limits: Amounts = section(
        "What all their limits may add up to; then each container must have that limit."
    )
    storage: Bytes | None = Field(default=None, description="What all volume claims together may ask for.")
    pods: Annotated[int, Field(ge=1, le=10000)] | None = Field(
        default=None, description="How many pods there may be."
    )


class Limits(SpecModel):
    """A LimitRange of the namespace."""

    max: Amounts = section("The largest limit that a container may have.")
    min: Amounts = section("The smallest request that a container may have.")
    default: Amounts = section("The limit of a container that says none; `max` if left out.")
    default_request: Amounts = section("The request of a container that says none; its limit if left out.")
