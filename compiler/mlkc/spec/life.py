"""Where pods run, how many, and how they come and go."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.metadata_types import Annotations, Labels
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName, LabelKey, LabelValue


class Toleration(SpecModel):
    """A taint that the pods may be put beside; without a key, every taint."""

    key: LabelKey | None = Field(default=None, description="Key of the taint.")
    value: LabelValue | None = Field(default=None, description="Its value; any if left out.")
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = Field(
        default=None, description="Its effect; any if left out."
    )


class NodeAffinity(SpecModel):
    """Labels of nodes, each with the values that fit."""

    required: dict[LabelKey, Annotated[list[LabelValue], Field(min_length=1)]] = Field(
        default={}, description="A node without one of the values gets no pod."
    )
    preferred: dict[LabelKey, Annotated[list[LabelValue], Field(min_length=1)]] = Field(
        default={}, description="A node with one of the values comes first."
    )


class AntiAffinity(SpecModel):
    """Whether two pods may share a node or a zone: `soft` rather not, `hard` never."""

    nodes: Literal["soft", "hard"] | None = Field(default=None, description="Of one node.")
    zones: Literal["soft", "hard"] | None = Field(default=None, description="Of one zone.")


class Pods(SpecModel):
    """Where a workload's pods run, and what they go before."""

    node_selector: dict[LabelKey, LabelValue] = Field(default={}, description="Labels that a node must have.")
    node_affinity: NodeAffinity | None = Field(
        default=None, description="Labels of nodes of which several values fit, or that only come first."
    )
    tolerations: list[Toleration] = Field(default=[], description="Taints of nodes that they tolerate.")
    priority_class: HostName | None = Field(
        default=None, description="PriorityClass; the cluster's default if left out."
    )
    annotations: Annotations = Field(
        default={}, description="Annotations of the pods, for a service mesh or a log collector."
    )
    labels: Labels = Field(default={}, description="More labels of the pods.")


class Autoscale(SpecModel):
    """A HorizontalPodAutoscaler, which needs the cluster's metrics server."""

    min: Annotated[int, Field(ge=1, le=100)] = Field(default=2, description="Pods that are always there.")
    max: Annotated[int, Field(ge=2, le=100)] = Field(description="Pods under the greatest load.")
    cpu: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=80, description="CPU that a pod uses on the average, in percent of what it asks for."
    )
