"""Resources: requests and limits with nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.passes.written import written
from mlkc.plan.pods import ResourcesPlan
from mlkc.source.tree import SourceTree
from mlkc.text import quantity

if TYPE_CHECKING:
    from mlkc.spec.resources import Resources


class Usual(Struct, frozen=True):
    """What a workload gets when the spec says nothing: cores and bytes, as quantities."""

    cpu: str
    memory: str
    memory_limit: str


def resolve_resources(wanted: Resources, usual: Usual) -> ResourcesPlan:
    """Fills what is left out. The memory limit is never below the request; there is no CPU limit unless asked for.

    A CPU limit throttles a program that has idle cores beside it, a memory limit only stops a leak.
    """
    memory = wanted.requests.memory or _smaller(usual.memory, wanted.limits.memory)
    return ResourcesPlan(
        cpu_request=wanted.requests.cpu or _smaller(usual.cpu, wanted.limits.cpu),
        memory_request=memory,
        cpu_limit=wanted.limits.cpu,
        memory_limit=wanted.limits.memory or _larger(usual.memory_limit, memory),
    )


def check_limits(
    tree: SourceTree, environment: str | None, section: str, wanted: Resources
) -> list[Diagnostic]:
    """Refuses a limit below its request, which no API server takes.

    Args:
        tree: the spec's file.
        environment: whose settings these are; None for those of all environments.
        section: the workload: `server`.
        wanted: its resources.
    """
    found = []
    for kind in ("cpu", "memory"):
        request, limit = getattr(wanted.requests, kind), getattr(wanted.limits, kind)
        if not request or not limit or _value(limit) >= _value(request):
            continue
        request_path = written(tree, environment, section, "resources", "requests", kind)
        limit_path = written(tree, environment, section, "resources", "limits", kind)
        if environment and "environments" not in {request_path[0], limit_path[0]}:
            continue  # said of all environments already
        found.append(
            codes.LIMIT_BELOW_REQUEST.at(
                InSpec(limit_path),
                f"the {kind} limit `{limit}` is below the request `{request}`",
                label="limit",
                related=(Label(InSpec(request_path), "request"),),
                help=f"write a limit of `{request}` or more, or a smaller request",
            )
        )
    return found


def _value(text: str) -> float:
    return float(quantity.parse(text) or 0)


def _smaller(usual: str, limit: str | None) -> str:
    return limit if limit and _value(limit) < _value(usual) else usual


def _larger(usual: str, request: str) -> str:
    return request if _value(request) > _value(usual) else usual
