"""What compiles, a server takes: random specs of every setting, asked of each release without storing anything."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from mlkc.artifact.yaml import dump
from mlkc.emit.emit import emit
from mlkc.plan.resolve import resolve
from mlkc.source.load import decode
from mlkc.spec.validate import validate
from random_specs import whole_specs

from .cluster import Cluster
from .dry_run import dry_run


def test_no_valid_spec_is_refused(kubernetes: Cluster) -> None:
    with dry_run(kubernetes) as server:

        @seed(20261124)
        @settings(
            max_examples=300,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(whole_specs())
        def holds(spec: dict[str, Any]) -> None:
            for objects in _environments(spec):
                said = server.complaints(objects)
                assert [one for one in said if "no PriorityClass with name" not in one] == []

        holds()


def _environments(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The objects of each environment."""
    tree = decode(dump(spec).encode(), "random.yaml").value
    assert tree
    parsed = validate(tree).value
    assert parsed
    plan = resolve(parsed).value
    assert plan
    return [[artifact.body for artifact in found] for found in emit(plan).intended.values()]
