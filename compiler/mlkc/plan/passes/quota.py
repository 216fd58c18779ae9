"""The quota and the limits of the namespace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.quota import Amount, LimitsPlan, QuotaPlan
from mlkc.plan.stack import StackPlan
from mlkc.source.tree import SourceTree

if TYPE_CHECKING:
    from mlkc.spec.quota import Limits, Quota
    from mlkc.spec.resources import Amounts


def resolve_quota(quota: Quota, name: str) -> QuotaPlan:
    """Names each amount as Kubernetes counts it."""
    hard = [
        *_amounts(quota.requests, ("quota", "requests"), "requests."),
        *_amounts(quota.limits, ("quota", "limits"), "limits."),
    ]
    if quota.storage:
        hard.append(("requests.storage", quota.storage, ("quota", "storage")))
    if quota.pods:
        hard.append(("pods", str(quota.pods), ("quota", "pods")))
    return QuotaPlan(f"{name}-quota", tuple(hard))


def resolve_limits(limits: Limits, name: str) -> LimitsPlan:
    """Fills the section as the API server does: what it fills in by itself, an apply would take away each time.

    A limit that is not said is the largest allowed, a request that is not said is that limit, or the smallest allowed.
    Source: SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go of https://github.com/kubernetes/kubernetes.
    """
    said = {
        key: {amount[0]: amount for amount in _amounts(amounts, ("limits", key))}
        for key, amounts in (
            ("max", limits.max),
            ("min", limits.min),
            ("default", limits.default),
            ("defaultRequest", limits.default_request),
        )
    }
    default = {**said["max"], **said["default"]}
    request = {**said["min"], **default, **said["defaultRequest"]}
    groups = {"default": default, "defaultRequest": request, "max": said["max"], "min": said["min"]}
    found = ((key, tuple(amounts[one] for one in sorted(amounts))) for key, amounts in groups.items())
    return LimitsPlan(f"{name}-limits", tuple((key, amounts) for key, amounts in found if amounts))


def check_quota(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a section that bounds nothing."""
    empty = {
        "quota": stack.quota is not None and not stack.quota.hard,
        "limits": stack.limits is not None and not stack.limits.bounds,
    }
    for section, idle in empty.items():
        if idle:
            yield codes.IDLE_SETTING.at(
                InSpec(written(tree, environment, section), key=True),
                f"`{section}` has no effect: it bounds nothing",
                help="delete it, or write an amount in it",
            )


def _amounts(amounts: Amounts, path: tuple[str, str], prefix: str = "") -> Iterator[Amount]:
    for key, value in (("cpu", amounts.cpu), ("memory", amounts.memory)):
        if value:
            yield f"{prefix}{key}", value, (*path, key)
