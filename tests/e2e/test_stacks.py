"""Every overlay of every golden spec, on a real API server: applied, applied again, and its pods admitted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec
from mlkc.artifact.model import OutputTree

from .cluster import Cluster
from .overlays import assert_overlay_applies

GOLDEN = Path(__file__).parents[1] / "golden"
OVERLAYS = sorted(path.parent for path in GOLDEN.glob("*/out/overlays/*/kustomization.yaml"))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], tuple[Path, OutputTree]]:
    """Compiles a golden spec afresh, with its local secret files, once for all of its overlays."""

    @cache
    def compiled(golden: Path) -> tuple[Path, OutputTree]:
        folder = tmp_path_factory.mktemp(golden.name)
        done = compile_spec(golden / "spec.yaml", "spec.yaml", folder)
        assert not done.failed
        assert done.output is not None
        return folder, done.output

    return compiled


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: f"{path.parents[2].name}-{path.name}")
def test_an_overlay_applies(
    kubernetes: Cluster, overlay: Path, compiled: Callable[[Path], tuple[Path, OutputTree]]
) -> None:
    folder, output = compiled(overlay.parents[2])
    try:
        assert assert_overlay_applies(kubernetes, folder / "overlays" / overlay.name), "a stack has workloads"
    finally:
        objects = [artifact.body for artifact in output.intended[overlay.name]]
        kubernetes.forget(*(each["metadata"]["name"] for each in objects if each["kind"] == "Namespace"))
