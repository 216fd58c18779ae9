"""The evaluator against the sentences of Kubernetes' own page on network policies."""

from __future__ import annotations

from typing import Any

import pytest
from reachability import Machine, Network, Pod

WEB = Pod("shop", {"app": "web"}, "10.0.0.1", {"http": 8080})
DB = Pod("shop", {"app": "db"}, "10.0.0.2", {"sql": 3306})
STRANGER = Pod("other", {"app": "web"}, "10.0.0.3")
OUTSIDE = Machine("192.0.2.7")
NAMESPACES = {"shop": {"name": "shop"}, "other": {"name": "other"}}


def network(*specs: dict[str, Any]) -> Network:
    policies = tuple({"metadata": {"namespace": "shop"}, "spec": spec} for spec in specs)
    return Network(policies, NAMESPACES)


def to_db(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"podSelector": {"matchLabels": {"app": "db"}}, "policyTypes": ["Ingress"], "ingress": list(rules)}


def test_without_a_policy_everybody_reaches_everybody() -> None:
    assert network().reaches(STRANGER, DB, 1)


def test_a_policy_without_rules_closes_its_pods_and_no_others() -> None:
    closed = network(to_db())
    assert not closed.reaches(WEB, DB, 3306)
    assert closed.reaches(DB, WEB, 8080)


def test_an_empty_peer_list_is_everybody() -> None:
    assert network(to_db({})).reaches(OUTSIDE, DB, 3306)


@pytest.mark.parametrize(
    ("peer", "web", "stranger", "outside"),
    [
        ({"podSelector": {}}, True, False, False),
        ({"podSelector": {"matchLabels": {"app": "web"}}}, True, False, False),
        ({"namespaceSelector": {}}, True, True, False),
        ({"namespaceSelector": {"matchLabels": {"name": "other"}}}, False, True, False),
        (
            {
                "namespaceSelector": {"matchLabels": {"name": "other"}},
                "podSelector": {"matchLabels": {"app": "x"}},
            },
            False,
            False,
            False,
        ),
        (
            {
                "namespaceSelector": {
                    "matchExpressions": [{"key": "name", "operator": "NotIn", "values": ["shop"]}]
                }
            },
            False,
            True,
            False,
        ),
        ({"podSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}}, True, False, False),
        ({"ipBlock": {"cidr": "192.0.2.0/24"}}, False, False, True),
        ({"ipBlock": {"cidr": "192.0.2.0/24", "except": ["192.0.2.7/32"]}}, False, False, False),
    ],
)
def test_whom_a_peer_names(peer: dict[str, Any], web: bool, stranger: bool, outside: bool) -> None:
    given = network(to_db({"from": [peer]}))
    assert [given.reaches(source, DB, 3306) for source in (WEB, STRANGER, OUTSIDE)] == [
        web,
        stranger,
        outside,
    ]


@pytest.mark.parametrize(
    ("entry", "open_", "shut"),
    [
        ({"port": 3306}, [(3306, "TCP")], [(3307, "TCP"), (3306, "UDP")]),
        ({"port": "sql"}, [(3306, "TCP")], [(3307, "TCP")]),
        ({"port": 3306, "endPort": 3308}, [(3306, "TCP"), (3308, "TCP")], [(3309, "TCP")]),
        ({"protocol": "UDP"}, [(1, "UDP")], [(1, "TCP")]),
    ],
)
def test_what_a_port_names(
    entry: dict[str, Any], open_: list[tuple[int, str]], shut: list[tuple[int, str]]
) -> None:
    given = network(to_db({"ports": [entry]}))
    assert all(given.reaches(WEB, DB, *each) for each in open_)
    assert not any(given.reaches(WEB, DB, *each) for each in shut)


def test_policies_add_up_and_both_ends_must_agree() -> None:
    only_web = to_db({"from": [{"podSelector": {"matchLabels": {"app": "web"}}}]})
    assert network(to_db(), only_web).reaches(WEB, DB, 3306)
    kept_in = {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Egress"]}
    assert not network(only_web, kept_in).reaches(WEB, DB, 3306)


def test_types_left_out_are_those_that_have_rules() -> None:
    spec = {"podSelector": {"matchLabels": {"app": "db"}}}
    assert network(spec).reaches(DB, WEB, 8080)
    assert not network({**spec, "egress": [{"ports": [{"port": 53}]}]}).reaches(DB, WEB, 8080)
