"""Where an emitter reads: one stack of the plan, and how its values are marked with their origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from mlkc.artifact.build import at
from mlkc.plan.pods import ImageUse
from mlkc.plan.stack import StackPlan
from mlkc.text.paths import PlanPath


class Scope(Struct, frozen=True):
    """One stack to emit.

    Attributes:
        stack: its plan.
        prefix: its plan path, `("base",)` or `("environments", NAME)`.
        reference: gives the text of a container's `image` field.
    """

    stack: StackPlan
    prefix: PlanPath
    reference: Callable[[ImageUse], str]

    def at(self, *field: str | int, value: Any) -> Any:
        """Marks `value` as coming from a field of the stack."""
        return at((*self.prefix, *field), value)

    def path(self, *field: str | int) -> PlanPath:
        """Returns the plan path of a field of the stack."""
        return (*self.prefix, *field)
