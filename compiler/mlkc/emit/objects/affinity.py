"""Which nodes pods want, and which pods they keep away from."""

from __future__ import annotations

from typing import Any, Final

from mlkc.emit.objects.common import Tree, selector
from mlkc.emit.scope import Scope
from mlkc.plan.pods import NodeAffinityPlan

_TOPOLOGY: Final = {"nodes": "kubernetes.io/hostname", "zones": "topology.kubernetes.io/zone"}
# The most that a wish can weigh; all weigh the same.
_WEIGHT: Final = 100
_MUST: Final = "requiredDuringSchedulingIgnoredDuringExecution"
_LIKE: Final = "preferredDuringSchedulingIgnoredDuringExecution"


def affinity(
    scope: Scope, section: str, nodes: NodeAffinityPlan | None, apart: tuple[tuple[str, str], ...]
) -> Tree:
    """The pod's field `affinity`.

    Args:
        scope: the stack.
        section: the component.
        nodes: labels of nodes.
        apart: `nodes` or `zones`, and `soft` or `hard`.
    """
    return {
        "nodeAffinity": _nodes(scope, section, nodes) if nodes else None,
        "podAntiAffinity": _apart(scope, section, apart) if apart else None,
    }


def _nodes(scope: Scope, section: str, nodes: NodeAffinityPlan) -> Tree:
    def expression(kind: str, key: str, values: tuple[str, ...]) -> Any:
        path = (section, "pods", "nodeAffinity", kind, key)
        return scope.at(*path, value={"key": key, "operator": "In", "values": list(values)})

    must = [expression("required", key, values) for key, values in nodes.required]
    like = [expression("preferred", key, values) for key, values in nodes.preferred]
    return {
        _MUST: {"nodeSelectorTerms": [{"matchExpressions": must}]} if must else None,
        _LIKE: [{"weight": _WEIGHT, "preference": {"matchExpressions": [one]}} for one in like] or None,
    }


def _apart(scope: Scope, section: str, apart: tuple[tuple[str, str], ...]) -> Tree:
    terms: dict[str, list[Any]] = {"hard": [], "soft": []}
    for kind, how in apart:
        term = {"labelSelector": {"matchLabels": selector(scope, section)}, "topologyKey": _TOPOLOGY[kind]}
        whole = term if how == "hard" else {"weight": _WEIGHT, "podAffinityTerm": term}
        terms[how].append(scope.at(section, "antiAffinity", kind, value=whole))
    return {_MUST: terms["hard"] or None, _LIKE: terms["soft"] or None}
