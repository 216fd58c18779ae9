"""`resources` of a workload: what it asks for and what it may use."""

from pydantic import Field

from mlkc.spec.model import SpecModel, section
from mlkc.spec.types import Bytes, Cores


class Amounts(SpecModel):
    """CPU and memory; what is not given is chosen for the workload."""

    cpu: Cores | None = Field(default=None, description="Cores: `500m`, `2`.")
    memory: Bytes | None = Field(default=None, description="Bytes: `512Mi`, `2Gi`.")


class Resources(SpecModel):
    """Requests and limits. Without a memory limit given, the limit chosen is at least the request."""

    requests: Amounts = section("What the scheduler sets aside.")
    limits: Amounts = section("What the container may use; no CPU limit unless it is given.")
