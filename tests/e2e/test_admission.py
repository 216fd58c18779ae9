"""What compiles, a server takes: 500 random valid specs, asked of each Kubernetes release without storing anything."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from mlkc.artifact.yaml import dump
from mlkc.emit.emit import emit
from mlkc.plan.resolve import resolve
from mlkc.source.load import decode
from mlkc.spec.validate import validate
from random_specs import specs

from .cluster import Cluster
from .dry_run import dry_run


def test_no_valid_spec_is_refused(kubernetes: Cluster) -> None:
    compiled = 0
    with dry_run(kubernetes) as server:

        @seed(20261124)
        @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(specs())
        def holds(spec: dict[str, Any]) -> None:
            nonlocal compiled
            objects = _objects(spec)
            compiled += bool(objects)
            assert server.complaints(objects) == []

        holds()
    assert compiled >= 400, "most of the random specs are valid"


def _objects(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """What the spec compiles to, or nothing when it is refused with a diagnostic."""
    tree = decode(dump(spec).encode(), "random.yaml").value
    parsed = validate(tree).value if tree else None
    plan = resolve(parsed).value if parsed else None
    return [artifact.body for artifact in emit(plan).intended["one"]] if plan else []
