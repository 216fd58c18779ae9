"""Every overlay of every golden spec, on a real API server: applied, applied again, and its pods admitted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec

from .cluster import Cluster
from .overlays import assert_overlay_applies

GOLDEN = Path(__file__).parents[1] / "golden"
OVERLAYS = sorted(path.parent for path in GOLDEN.glob("*/out/overlays/*/kustomization.yaml"))


@pytest.fixture
def overlay(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The overlay, compiled afresh with its local secret files."""
    golden: Path = request.param
    compiled = compile_spec(golden.parents[2] / "spec.yaml", "spec.yaml", tmp_path)
    assert not compiled.failed
    return tmp_path / "overlays" / golden.name


@pytest.fixture
def cleared(kubernetes: Cluster, overlay: Path) -> Iterator[Cluster]:
    """The cluster; the overlay's namespace is taken away afterwards."""
    yield kubernetes
    names = {
        thing["metadata"]["name"]
        for thing in kubernetes.objects("-k", overlay)
        if thing["kind"] == "Namespace"
    }
    kubernetes.forget(*sorted(names))


@pytest.mark.parametrize(
    "overlay", OVERLAYS, indirect=True, ids=lambda path: f"{path.parents[2].name}-{path.name}"
)
def test_an_overlay_applies(cleared: Cluster, overlay: Path) -> None:
    pods = assert_overlay_applies(cleared, overlay)
    assert pods, "a stack has workloads"
