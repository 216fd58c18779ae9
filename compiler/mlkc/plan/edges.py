"""The connections of a stack: who opens one to whom, at which ports."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.text.paths import PlanPath


class Component(Struct, frozen=True):
    """Pods of the stack: `server`, `client`, `database`."""

    name: str


class Elsewhere(Struct, frozen=True):
    """Pods of another namespace, those with `labels`; all of them if there are none."""

    namespace: str
    labels: tuple[tuple[str, str], ...] = ()


class Machines(Struct, frozen=True):
    """Addresses outside the cluster, or on its nodes, as `ADDRESS/BITS`."""

    range: str


Party = Component | Elsewhere | Machines


class PortPlan(Struct, frozen=True):
    """One port."""

    number: int
    protocol: Literal["TCP", "UDP"] = "TCP"


class Edge(Struct, frozen=True):
    """One connection.

    Attributes:
        source: who opens it.
        target: who listens.
        ports: at which ports; every port if there are none.
        path: the field of the plan that asks for it.
    """

    source: Party
    target: Party
    ports: tuple[PortPlan, ...]
    path: PlanPath


class NetworkPlan(Struct, frozen=True):
    """Connections that are allowed; all others of the stack's pods are not."""

    edges: tuple[Edge, ...]
