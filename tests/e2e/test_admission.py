"""What compiles, a server takes: random specs of every setting, asked of each release without storing anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from msgspec.structs import replace

from mlkc.app.front import Front, front_of
from mlkc.artifact.yaml import dump
from mlkc.diag import codes
from mlkc.diag.diagnostic import Severity
from mlkc.source.load import decode
from random_specs import whole_specs

from .cluster import Cluster
from .dry_run import dry_run

# A class of the user's own, and Google's load balancer, which reads the class of an Ingress from nowhere else.
_KNOWN = ("no PriorityClass with name", 'annotation \\"kubernetes.io/ingress.class\\" is deprecated')


def test_no_valid_spec_is_refused(kubernetes: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    # What Kustomize makes of it is the same, and takes ten times as long.
    monkeypatch.setenv("MLKC_KUBECTL", "/nowhere")
    with dry_run(kubernetes) as server:

        @seed(20261124)
        @settings(
            max_examples=500,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(whole_specs())
        def holds(spec: dict[str, Any]) -> None:
            for objects in _environments(spec):
                said = server.complaints(objects)
                assert [one for one in said if not any(text in one for text in _KNOWN)] == []

        holds()


def _environments(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The objects of each environment; without quota and limits where those are too small for the rest."""
    front = _compiled(spec)
    if front.output is None:
        for where in (spec, *spec["environments"].values()):
            for key in ("quota", "limits"):
                where.pop(key, None)
        front = _compiled(spec)
    assert front.output is not None, front.diagnostics
    return [[artifact.body for artifact in found] for found in front.output.intended.values()]


def _compiled(spec: dict[str, Any]) -> Front:
    """What the compiler makes of a spec; no output when it refuses it."""
    front = front_of(decode(dump(spec).encode(), "random.yaml"))
    errors = {one.code for one in front.diagnostics if one.severity is Severity.ERROR}
    return front if errors == {codes.MISSING_KUBECTL.code} else replace(front, output=None)
