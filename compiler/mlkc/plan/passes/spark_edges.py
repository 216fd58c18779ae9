"""The edges of Spark on the cluster: the driver asks the Kubernetes API, and executors speak to it and each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlkc.catalog import network as facts
from mlkc.catalog import spark_cluster as ports
from mlkc.plan.edges import Component, Edge, Machines, PortPlan
from mlkc.plan.passes.network import SECTION, reading
from mlkc.plan.stack import StackPlan

if TYPE_CHECKING:
    from mlkc.spec.network import NetworkPolicies

EXECUTOR = Component("executor")
_CLIENT = Component("client")
_SERVER = Component("server")


def spark_edges(policies: NetworkPolicies, stack: StackPlan) -> Iterator[Edge]:
    """Declares the edges of the driver and of the executors.

    Args:
        policies: the section.
        stack: a stack whose client has Spark.
    """
    api = _ports(int(facts.API_PORT.value), int(facts.API_SERVER_PORT.value))
    for index, block in enumerate(policies.kubernetes_api):
        yield Edge(_CLIENT, Machines(block), api, (SECTION, "kubernetesApi", index))
    path = ("client", "spark")
    sessions = range(ports.SESSIONS)
    driver = (ports.DRIVER_PORT, ports.DRIVER_BLOCK_PORT)
    yield Edge(EXECUTOR, _CLIENT, _ports(*(port + number for port in driver for number in sessions)), path)
    # Large results, and what a shuffle left on another executor.
    for reader in (_CLIENT, EXECUTOR):
        yield Edge(reader, EXECUTOR, _ports(ports.BLOCK_PORT), path)
    yield Edge(EXECUTOR, _SERVER, _ports(stack.server.port), ("client", "trackingUri"))
    # The driver logs in to Kerberos, and gives its executors tokens of HDFS.
    yield from reading(EXECUTOR, policies, replace(stack.hdfs, kerberos=None))


def _ports(*numbers: int) -> tuple[PortPlan, ...]:
    return tuple(PortPlan(number) for number in numbers)
