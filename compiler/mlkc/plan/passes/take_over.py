"""A running installation: what its workloads keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.plan.stack import Kept

if TYPE_CHECKING:
    from mlkc.spec.take_over import TakeOver


def resolve_take_over(running: TakeOver) -> tuple[Kept, ...]:
    """Lists the workloads that run already, each with what can't be changed on it."""
    sections = (("database", running.database), ("server", running.server), ("client", running.client))
    return tuple(
        Kept(component, one.name, one.container, tuple(sorted(one.selector.items())))
        for component, one in sections
        if one is not None
    )
