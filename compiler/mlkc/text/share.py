"""A number of pods, or a share of them in percent, as Kubernetes reads both."""

from __future__ import annotations


def pods(value: int | str, whole: int, *, up: bool) -> int:
    """How many pods a field means.

    GetScaledValueFromIntOrPercent of apimachinery/pkg/util/intstr. A Deployment's maxSurge is rounded up and its
    maxUnavailable down, pkg/controller/deployment/util; a disruption budget's is rounded up, pkg/controller/disruption.

    Args:
        value: `2` or `25%`.
        whole: of how many pods.
        up: a part of a pod counts as one.
    """
    if isinstance(value, int):
        return value
    parts = int(value.removesuffix("%")) * whole
    return -(-parts // 100) if up else parts // 100
