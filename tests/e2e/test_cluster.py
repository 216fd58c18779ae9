"""The control plane that other tests rely on does what they rely on, shown on a small overlay written by hand."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .cluster import Cluster
from .dry_run import DryRun, dry_run
from .overlays import apply, assert_no_difference, assert_overlay_applies, assert_pods_are_made

SMALL = Path(__file__).parent / "data" / "small"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the overlay to change at will."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def small(kubernetes: Cluster, copied: Path) -> Iterator[Path]:
    """A copy of the overlay to apply; its namespace is gone afterwards."""
    yield copied
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


@pytest.fixture(scope="module")
def asking(kubernetes: Cluster) -> Iterator[DryRun]:
    with dry_run(kubernetes) as connection:
        yield connection
    kubernetes.forget("small")


def objects_of(cluster: Cluster, overlay: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(cluster.kubectl("kustomize", overlay).out))


def test_dry_run_has_no_complaint_about_a_good_overlay(kubernetes: Cluster, asking: DryRun) -> None:
    assert asking.complaints(objects_of(kubernetes, SMALL)) == []
    assert kubernetes.objects("deployments", "--namespace", "small") == []


@pytest.mark.parametrize(
    ("file", "change", "complaint"),
    [
        ("workloads.yaml", "replicas→replica", r"Deployment app: .*\.spec\.replica: field not declared"),
        ("volume.yaml", "1Gi→1GiB", "PersistentVolumeClaim data: .*quantities must match"),
        ("workloads.yaml", "runAsNonRoot: true→runAsNonRoot: false", "Pod app-pod: .*violates PodSecurity"),
        ("workloads.yaml", "apps/v1→apps/v1beta1", "Deployment app: .*not find"),
    ],
)
def test_dry_run_complains(
    kubernetes: Cluster, asking: DryRun, copied: Path, file: str, change: str, complaint: str
) -> None:
    edit(copied / file, *change.split("→"))
    complaints = asking.complaints(objects_of(kubernetes, copied))
    assert re.search(complaint, "\n".join(complaints))


KILLED_RUN = """
import os, signal, sys
from contextlib import ExitStack
from pathlib import Path
from e2e.binaries import NEWEST, binaries
from e2e.control_plane import ControlPlane
print(ControlPlane(binaries(NEWEST), Path(sys.argv[1]), ExitStack()).etcd(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_server_outlives_a_killed_run(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_RUN, tmp_path], cwd=tests, capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    deadline = time.monotonic() + 20
    while is_listening(int(killed.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
