"""Where pods run, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mlkc.plan.stack import AutoscalePlan, PodsPlan, TolerationPlan
from mlkc.spec.life import Autoscale, Pods

# Well-known labels of nodes: https://kubernetes.io/docs/reference/labels-annotations-taints/
TOPOLOGY: Final[Mapping[str, str]] = {
    "nodes": "kubernetes.io/hostname",
    "zones": "topology.kubernetes.io/zone",
}


def resolve_pods(pods: Pods) -> PodsPlan:
    """Copies the section; labels in the order of their keys."""
    return PodsPlan(
        node_selector=tuple(sorted(pods.node_selector.items())),
        tolerations=tuple(TolerationPlan(one.key, one.value, one.effect) for one in pods.tolerations),
        priority_class=pods.priority_class,
    )


def resolve_autoscale(autoscale: Autoscale | None) -> AutoscalePlan | None:
    """Copies the section; None where the number of pods is fixed."""
    return AutoscalePlan(autoscale.min, autoscale.max, autoscale.cpu) if autoscale else None
