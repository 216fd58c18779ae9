"""The control plane that other tests rely on does what they rely on, shown on a small overlay written by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .cluster import Cluster
from .overlays import apply, assert_no_difference, assert_overlay_applies, assert_pods_are_made

SMALL = Path(__file__).parent / "data" / "small"


@pytest.fixture
def small(kubernetes: Cluster, tmp_path: Path) -> Iterator[Path]:
    """A copy of the overlay to change at will; its namespace is gone after."""
    yield Path(shutil.copytree(SMALL, tmp_path / "small"))
    kubernetes.forget("small")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_server_is_the_pinned_release(kubernetes: Cluster) -> None:
    assert f'"gitVersion": "v{kubernetes.version}"' in kubernetes.kubectl("get", "--raw", "/version").out
    assert kubernetes.version.startswith(f"{kubernetes.minor}.")


def test_good_overlay_applies(kubernetes: Cluster, small: Path) -> None:
    pods = {made.workload: len(made.made) for made in assert_overlay_applies(kubernetes, small)}
    assert pods == {"Deployment small/app": 2, "Job small/clean-by-hand": 1}


def test_good_overlay_applies_server_side_at_once(kubernetes: Cluster, small: Path) -> None:
    first = apply(kubernetes, small, "--server-side")
    assert (first.code, first.err) == (0, "")
    assert_no_difference(kubernetes, small)


def test_misspelled_field_is_refused(kubernetes: Cluster, small: Path) -> None:
    edit(small / "workloads.yaml", "replicas: 2", "replica: 2")
    refused = apply(kubernetes, small)
    assert refused.code != 0
    assert 'unknown field "spec.replica"' in refused.err


def test_what_schemas_accept_is_refused_too(kubernetes: Cluster, small: Path) -> None:
    edit(small / "volume.yaml", "storage: 1Gi", "storage: 1GiB")
    refused = apply(kubernetes, small)
    assert refused.code != 0
    assert "quantities must match" in refused.err


def test_a_difference_is_seen(kubernetes: Cluster, small: Path) -> None:
    assert apply(kubernetes, small).code == 0
    edit(small / "workloads.yaml", "replicas: 2", "replicas: 3")
    with pytest.raises(AssertionError, match=r"\+  replicas: 3"):
        assert_no_difference(kubernetes, small)


def test_a_change_of_an_immutable_field_is_refused(kubernetes: Cluster, small: Path) -> None:
    assert apply(kubernetes, small).code == 0
    edit(small / "workloads.yaml", "{app: app}", "{app: other}")
    refused = apply(kubernetes, small)
    assert refused.code != 0
    assert "field is immutable" in refused.err


def test_pod_below_the_security_level_is_refused(kubernetes: Cluster, small: Path) -> None:
    edit(small / "workloads.yaml", "runAsNonRoot: true", "runAsNonRoot: false")
    applied = apply(kubernetes, small)
    assert applied.code == 0
    assert "Warning: would violate PodSecurity" in applied.err
    with pytest.raises(AssertionError, match="violates PodSecurity"):
        assert_pods_are_made(kubernetes, small)
