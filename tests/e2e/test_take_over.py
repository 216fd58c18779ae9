"""A running hand-made database is taken over by the compiled stack, on a real API server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec

from .cluster import Cluster
from .overlays import apply

HERE = Path(__file__).parent
SPEC = HERE.parents[1] / "specs" / "legacy" / "hand-made.yaml"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    assert not compile_spec(SPEC, "spec.yaml", tmp_path).failed
    return tmp_path / "overlays" / "prod"


@pytest.fixture(params=["apply", "create"])
def running(kubernetes: Cluster, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A cluster with the hand-made database in it, made by either of the two ways of kubectl."""
    kubernetes.kubectl(request.param, "-f", HERE / "data" / "hand-made.yaml")
    yield kubernetes
    kubernetes.forget("mlflow")


def test_the_running_objects_go_on_as_what_they_were(running: Cluster, overlay: Path) -> None:
    things = ("deployment/mlflow-db", "service/mlflow-db", "pvc/mlflow-mysql", "secret/db-secrets")
    before = {thing: running.objects("-n", "mlflow", thing)[0] for thing in things}
    done = apply(running, overlay)
    assert done.code == 0, done.err
    after = {thing: running.objects("-n", "mlflow", thing)[0] for thing in things}
    for thing in things:
        assert after[thing]["metadata"]["uid"] == before[thing]["metadata"]["uid"]
    assert after["secret/db-secrets"]["data"] == before["secret/db-secrets"]["data"]
    assert after["service/mlflow-db"]["spec"]["clusterIP"] == before["service/mlflow-db"]["spec"]["clusterIP"]
    spec = after["deployment/mlflow-db"]["spec"]
    assert spec["selector"] == {"matchLabels": {"component": "db"}}
    assert spec["strategy"] == {"type": "Recreate"}
    assert [container["name"] for container in spec["template"]["spec"]["containers"]] == ["mysql"]
    assert running.objects("-n", "mlflow", "statefulsets") == []
