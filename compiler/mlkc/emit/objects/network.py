"""Network policies: one that denies everything to the stack's pods, and one a component with its edges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlkc.catalog.network import NAMESPACE_LABEL
from mlkc.emit.objects.common import Tree, metadata, selector
from mlkc.emit.scope import Scope
from mlkc.plan.edges import Component, Edge, Elsewhere, Machines, NetworkPlan, Party
from mlkc.plan.labels import COMPONENT, finds, labels_of, own_selector

SECTION = "networkPolicies"


def policies(scope: Scope, network: NetworkPlan) -> list[tuple[str, Tree | None, str]]:
    """Makes the policies; each with its file name and the section that it comes from."""
    parties = [party for edge in network.edges for party in (edge.source, edge.target)]
    components = dict.fromkeys(party.name for party in parties if isinstance(party, Component))
    return [
        ("networkpolicy.yaml", _closed(scope, components), SECTION),
        *((f"{name}-networkpolicy.yaml", _policy(scope, network, name), SECTION) for name in components),
    ]


def _closed(scope: Scope, components: Iterable[str]) -> Tree | None:
    """Selects every pod of the stack and allows nothing: a pod that no edge names is cut off, not open.

    None where the selectors of running workloads give every pod labels of another stack, so that it selects nothing.
    """
    pods = selector(scope, "")
    del pods[COMPONENT]
    mine = {key: value for key, value in own_selector(scope.stack.name, "").items() if key != COMPONENT}
    if not any(finds(mine, labels_of(scope.stack, component)) for component in components):
        return None
    return _object(scope, "network", f"{scope.stack.name}-closed", pods, [], [])


def _policy(scope: Scope, network: NetworkPlan, name: str) -> Tree:
    own = Component(name)
    incoming = [edge for edge in network.edges if edge.target == own]
    outgoing = [edge for edge in network.edges if edge.source == own]
    return _object(
        scope,
        name,
        f"{scope.stack.name}-{name}",
        selector(scope, name),
        [_rule(scope, edge, "from", edge.source) for edge in incoming],
        [_rule(scope, edge, "to", edge.target) for edge in outgoing],
    )


def _object(
    scope: Scope, component: str, name: str, pods: Tree, ingress: list[Any], egress: list[Any]
) -> Tree:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(scope, scope.at("name", value=name), component),
        "spec": {
            "podSelector": {"matchLabels": pods},
            # Both, even where a list is empty: a direction that is not named stays open.
            "policyTypes": ["Ingress", "Egress"],
            "ingress": ingress or None,
            "egress": egress or None,
        },
    }


def _rule(scope: Scope, edge: Edge, key: str, party: Party) -> Any:
    ports = [{"protocol": port.protocol, "port": port.number} for port in edge.ports]
    return scope.at(*edge.path, value={key: [_peer(scope, party)], "ports": ports or None})


def _peer(scope: Scope, party: Party) -> Tree:
    match party:
        case Component():
            return {"podSelector": {"matchLabels": selector(scope, party.name)}}
        case Elsewhere():
            peer = {"namespaceSelector": {"matchLabels": {NAMESPACE_LABEL.value: party.namespace}}}
            return {**peer, "podSelector": {"matchLabels": dict(party.labels)}} if party.labels else peer
        case Machines():
            return {"ipBlock": {"cidr": party.range}}
