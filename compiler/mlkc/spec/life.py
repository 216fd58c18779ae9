"""Where pods run, how many, and how they come and go."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import HostName, LabelKey, LabelValue


class Toleration(SpecModel):
    """A taint that the pods may be put beside; without a key, every taint."""

    key: LabelKey | None = Field(default=None, description="Key of the taint.")
    value: LabelValue | None = Field(default=None, description="Its value; any if left out.")
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = Field(
        default=None, description="Its effect; any if left out."
    )


class Pods(SpecModel):
    """Where a workload's pods run, and what they go before."""

    node_selector: dict[LabelKey, LabelValue] = Field(default={}, description="Labels that a node must have.")
    tolerations: list[Toleration] = Field(default=[], description="Taints of nodes that they tolerate.")
    priority_class: HostName | None = Field(
        default=None, description="PriorityClass; the cluster's default if left out."
    )


class Autoscale(SpecModel):
    """A HorizontalPodAutoscaler, which needs the cluster's metrics server."""

    min: Annotated[int, Field(ge=1, le=100)] = Field(default=2, description="Pods that are always there.")
    max: Annotated[int, Field(ge=2, le=100)] = Field(description="Pods under the greatest load.")
    cpu: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=80, description="CPU that a pod uses on the average, in percent of what it asks for."
    )
