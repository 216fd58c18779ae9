"""`client.spark` and `client.gpu`: what the notebook computes with beyond its own pod's processors."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.life import Pods
from mlkc.spec.model import SpecModel, section
from mlkc.spec.spark_types import ExtendedResource
from mlkc.spec.types import Bytes


class Spark(SpecModel):
    """Spark whose executors are pods of this cluster, started and ended by the notebook; `{}` turns it on."""

    executors: Annotated[int, Field(ge=1, le=500)] = Field(
        default=2, description="Pods that a notebook's Spark session starts."
    )
    cores: Annotated[int, Field(ge=1, le=128)] = Field(
        default=1, description="Cores of each, and tasks at a time."
    )
    memory: Bytes = Field(
        default="2Gi",
        description="Memory of each: seven tenths for Java's heap, the rest for Python and what Java has beside it.",
    )
    scratch: Bytes = Field(
        default="10Gi", description="Room of each for what a shuffle writes; the pod is evicted above it."
    )
    pods: Pods = section("Where the executors run.")


class Gpu(SpecModel):
    """Whole GPUs of the node that the notebook has for itself."""

    count: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="How many.")
    resource: ExtendedResource = Field(
        default="nvidia.com/gpu", description="What the device plugin of the cluster calls them."
    )
