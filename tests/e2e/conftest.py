"""Everything below this folder is marked `e2e`; the clusters are shared by all tests of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from .binaries import MINORS
from .cluster import Cluster, cluster
from .custom_kinds import definitions

HERE = Path(__file__).parent


# Before xdist reads the groups.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group(_what_it_shares(item)))


def _what_it_shares(item: pytest.Item) -> str:
    """The servers or images that a test shares with others: where several processes run tests, one has all of these."""
    minor = item.callspec.params.get("kubernetes") if hasattr(item, "callspec") else None
    if minor is not None:
        return str(minor)
    is_of_pods = item.get_closest_marker("images") or item.path.is_relative_to(HERE / "real")
    return "pods" if is_of_pods else item.nodeid


@pytest.fixture(scope="session", params=MINORS)
def kubernetes(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A control plane with controllers, one for each Kubernetes minor; tests clean up the namespaces they use."""
    with cluster(request.param) as running:
        listed = {"apiVersion": "v1", "kind": "List", "items": list(definitions())}
        running.kubectl("apply", "-f", "-", stdin=json.dumps(listed))
        names = [f"crd/{one['metadata']['name']}" for one in listed["items"]]
        running.kubectl("wait", "--for=condition=Established", "--timeout=60s", *names)
        yield running
