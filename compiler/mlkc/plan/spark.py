"""The plan of what the client computes with: Spark on the cluster, and GPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from mlkc.plan.pods import PodsPlan


class SparkPlan(Struct, frozen=True):
    """Spark whose driver is the client and whose executors are pods.

    Attributes:
        account: name of the client's service account, role and binding.
        service: name of the Service by which executors find the driver, `host` its name in the cluster.
        config_map: name of the generated ConfigMap with Spark's configuration.
        heap, overhead: memory of an executor's Java heap and of all else in its pod, in MiB.
        scratch: room for what a shuffle writes.
    """

    account: str
    service: str
    host: str
    config_map: str
    executors: int
    cores: int
    heap: int
    overhead: int
    scratch: str
    pods: PodsPlan


class GpuPlan(Struct, frozen=True):
    """Whole devices of a node, by the name of the resource."""

    count: int
    resource: str
