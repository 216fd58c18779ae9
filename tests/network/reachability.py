"""Who reaches whom under a set of NetworkPolicies, by the semantics of networking.k8s.io/v1.

Knows nothing of mlkc: it reads objects as a cluster gets them. Source of the semantics:
https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Object = Mapping[str, Any]
Direction = Literal["Ingress", "Egress"]


@dataclass(frozen=True)
class Pod:
    """A pod as a policy sees it; `ports` are the container ports that have names."""

    namespace: str
    labels: Mapping[str, str]
    address: str
    ports: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Machine:
    """An address that is no pod's."""

    address: str


Place = Pod | Machine


@dataclass(frozen=True)
class Network:
    """A cluster's policies, and the labels of its namespaces."""

    policies: tuple[Object, ...]
    namespaces: Mapping[str, Mapping[str, str]]

    def reaches(self, source: Place, target: Place, port: int, protocol: str = "TCP") -> bool:
        """A connection needs both ends: the source's policies let it out, and the target's let it in."""
        return self._lets(source, "Egress", target, target, port, protocol) and self._lets(
            target, "Ingress", source, target, port, protocol
        )

    def _lets(
        self, own: Place, way: Direction, other: Place, target: Place, port: int, protocol: str
    ) -> bool:
        if not isinstance(own, Pod):
            return True
        isolating = [policy for policy in self.policies if _isolates(policy, own, way)]
        # Policies add up, and a pod that none of them isolates in this direction is open.
        return not isolating or any(
            self._peers(policy, rule, way, other) and _at_port(rule, target, port, protocol)
            for policy in isolating
            for rule in policy["spec"].get(way.lower()) or ()
        )

    def _peers(self, policy: Object, rule: Object, way: Direction, other: Place) -> bool:
        peers = rule.get("from" if way == "Ingress" else "to")
        # Missing or empty is everybody.
        return not peers or any(self._is(policy, peer, other) for peer in peers)

    def _is(self, policy: Object, peer: Object, other: Place) -> bool:
        if "ipBlock" in peer:
            return _in_block(peer["ipBlock"], other.address)
        if not isinstance(other, Pod):
            return False
        if "namespaceSelector" in peer:
            if not selects(peer["namespaceSelector"], self.namespaces[other.namespace]):
                return False
        elif other.namespace != policy["metadata"]["namespace"]:
            return False
        return selects(peer.get("podSelector", {}), other.labels)


def selects(selector: Object, labels: Mapping[str, str]) -> bool:
    """Whether a LabelSelector selects an object with some labels; an empty one selects all."""
    for key, value in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != value:
            return False
    for term in selector.get("matchExpressions") or ():
        has, operator = labels.get(term["key"]), term["operator"]
        held = {
            "In": has in term.get("values", ()) and has is not None,
            "NotIn": has not in term.get("values", ()),
            "Exists": has is not None,
            "DoesNotExist": has is None,
        }[operator]
        if not held:
            return False
    return True


def _isolates(policy: Object, pod: Pod, way: Direction) -> bool:
    spec = policy["spec"]
    if policy["metadata"]["namespace"] != pod.namespace or not selects(
        spec.get("podSelector", {}), pod.labels
    ):
        return False
    # Left out, the types are Ingress, and Egress if there is an egress rule.
    types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
    return way in types


def _at_port(rule: Object, target: Place, port: int, protocol: str) -> bool:
    entries: Iterable[Object] = rule.get("ports") or ()
    return not entries or any(_is_port(entry, target, port, protocol) for entry in entries)


def _is_port(entry: Object, target: Place, port: int, protocol: str) -> bool:
    if entry.get("protocol", "TCP") != protocol:
        return False
    wanted = entry.get("port")
    if wanted is None:
        return True
    if isinstance(wanted, str):
        return isinstance(target, Pod) and target.ports.get(wanted) == port
    return bool(wanted <= port <= entry.get("endPort", wanted))


def _in_block(block: Object, address: str) -> bool:
    own = ipaddress.ip_address(address)
    inside = own in ipaddress.ip_network(block["cidr"])
    return inside and not any(own in ipaddress.ip_network(hole) for hole in block.get("except") or ())
