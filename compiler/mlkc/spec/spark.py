"""`client.spark` and `client.gpu`: what the notebook computes with beyond its own pod's processors."""

from typing import Annotated

from pydantic import AfterValidator, Field

from mlkc.spec.life import Pods
from mlkc.spec.model import SpecModel, section
from mlkc.spec.types import Bytes, LabelKey, refuse


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


def _extended(text: str) -> str:
    domain, _, _ = text.rpartition("/")
    if domain and "kubernetes.io" not in domain and not text.startswith("requests."):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a resource that a device plugin offers",
        "write its name with the vendor's domain, such as `nvidia.com/gpu`",
    )


class Gpu(SpecModel):
    """Whole GPUs of the node that the notebook has for itself."""

    count: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="How many.")
    resource: Annotated[LabelKey, AfterValidator(_extended)] = Field(
        default="nvidia.com/gpu", description="What the device plugin of the cluster calls them."
    )
