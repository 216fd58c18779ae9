"""Everything below this folder is marked `e2e`; the clusters are shared by all tests of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from .binaries import MINORS
from .cluster import Cluster, cluster
from .custom_kinds import definitions

HERE = Path(__file__).parent
# In the order in which they are begun: what takes long first, and the API servers, which are built until then, last.
_IMAGES: Final = ("legacy", "minimal", "mlflow")
_SCOPES: Final = (*_IMAGES, "pods", "site", *reversed(MINORS))
_OF_THE_SITE: Final = ("test_hdfs.py", "test_mlflow.py", "test_ui.py")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
    yield
    items.sort(key=_turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes run tests, those that share servers are run by one.

    The marks of xdist's own groups are lost with pytest 9.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  only where it is used

    class BySharedServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    return BySharedServer(config, log)


def _turn(item: pytest.Item) -> int:
    return _SCOPES.index(_scope(item.nodeid)) if item.get_closest_marker("e2e") else -1


def _scope(nodeid: str) -> str:
    """What a test shares with others."""
    minor = re.search(r"[\[-](1\.\d+)[\]-]", nodeid)
    if minor:
        return minor[1]
    path, _, test = nodeid.partition("::")
    file = path.rpartition("/")[2]
    if file == "test_images.py":
        return next(spec for spec in _IMAGES if f"[{spec}" in test)
    return "site" if file in _OF_THE_SITE else "pods"


@pytest.fixture(scope="session", params=MINORS)
def kubernetes(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A control plane with controllers, one for each Kubernetes minor; tests clean up the namespaces they use."""
    with cluster(request.param) as running:
        listed = {"apiVersion": "v1", "kind": "List", "items": list(definitions())}
        running.kubectl("apply", "-f", "-", stdin=json.dumps(listed))
        names = [f"crd/{one['metadata']['name']}" for one in listed["items"]]
        running.kubectl("wait", "--for=condition=Established", "--timeout=60s", *names)
        yield running
