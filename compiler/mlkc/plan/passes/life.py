"""Where pods run, how many, and which variables the spec gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from mlkc.plan.pods import ConfigKey, Marks, NodeAffinityPlan, PodsPlan, TolerationPlan, Variables
from mlkc.plan.secret import Secret
from mlkc.plan.server import AutoscalePlan

if TYPE_CHECKING:
    from mlkc.spec.account import ServiceAccount
    from mlkc.spec.life import AntiAffinity, Autoscale, Pods
    from mlkc.spec.server import Gateway, Ingress, ServiceAccess
    from mlkc.spec.variables import Variable

# Well-known labels of nodes: https://kubernetes.io/docs/reference/labels-annotations-taints/
TOPOLOGY: Final[Mapping[str, str]] = {
    "nodes": "kubernetes.io/hostname",
    "zones": "topology.kubernetes.io/zone",
}


def resolve_pods(pods: Pods) -> PodsPlan:
    """Copies the section; labels in the order of their keys."""
    nodes = pods.node_affinity
    return PodsPlan(
        node_selector=tuple(sorted(pods.node_selector.items())),
        tolerations=tuple(TolerationPlan(one.key, one.value, one.effect) for one in pods.tolerations),
        priority_class=pods.priority_class,
        node_affinity=NodeAffinityPlan(_sorted(nodes.required), _sorted(nodes.preferred)) if nodes else None,
        marks=resolve_marks(pods),
    )


def resolve_marks(section: Pods | ServiceAccount | ServiceAccess | Ingress | Gateway) -> Marks | None:
    """Sorts labels and annotations; None where a section has neither."""
    if not section.labels and not section.annotations:
        return None
    return Marks(tuple(sorted(section.labels.items())), tuple(sorted(section.annotations.items())))


def _sorted(labels: Mapping[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(labels[key])) for key in sorted(labels))


def resolve_apart(apart: AntiAffinity | None) -> tuple[tuple[str, Literal["soft", "hard"]], ...]:
    """Lists what the pods of a workload do not share, and how strictly."""
    kinds = (("nodes", apart.nodes), ("zones", apart.zones)) if apart else ()
    return tuple((kind, how) for kind, how in kinds if how)


def resolve_autoscale(autoscale: Autoscale | None) -> AutoscalePlan | None:
    """Copies the section; None where the number of pods is fixed."""
    return AutoscalePlan(autoscale.min, autoscale.max, autoscale.cpu) if autoscale else None


def resolve_env(env: Mapping[str, Variable]) -> Variables:
    """Copies the section, in its order: a value may refer to a variable before it."""
    return tuple((name, _value(one)) for name, one in env.items())


def _value(one: Variable) -> str | Secret | ConfigKey:
    if one.secret is not None:
        return Secret(one.secret, one.key or "")
    return ConfigKey(one.config_map, one.key or "") if one.config_map is not None else one.value or ""
