"""Everything below this folder is marked `e2e`; the clusters are shared by all tests of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from .binaries import MINORS, NEWEST, OLDEST
from .cluster import Cluster, cluster
from .custom_kinds import definitions

HERE = Path(__file__).parent
_OF_THE_SITE: Final = ("test_hdfs.py", "test_mlflow.py", "test_ui.py")
# The parts in the order in which they are begun: what takes longest in a first run, and what the next part waits for.
_ORDER: Final = ("images", NEWEST, "pods", OLDEST, "site")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
    yield  # to what deselects by mark, and sorts by fixture
    items.sort(key=lambda item: _ORDER.index(_scope(item.nodeid)) if item.get_closest_marker("e2e") else -1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes run tests, those that share servers are run by one.

    The marks of xdist's own groups are lost with pytest 9.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  only where it is used

    # Else the part with the most tests is begun first, and the images, of few tests, are built alone at the end.
    config.option.loadscopereorder = False

    class BySharedServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    return BySharedServer(config, log)


def _scope(nodeid: str) -> str:
    """What a test shares with others."""
    minor = re.search(r"[\[-](1\.\d+)[\]-]", nodeid)
    if minor:
        return minor[1]
    file = nodeid.partition("::")[0].rpartition("/")[2]
    return "images" if file == "test_images.py" else "site" if file in _OF_THE_SITE else "pods"


@pytest.fixture(scope="session", params=MINORS)
def kubernetes(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A control plane with controllers, one for each Kubernetes minor; tests clean up the namespaces they use."""
    with cluster(request.param) as running:
        listed = {"apiVersion": "v1", "kind": "List", "items": list(definitions())}
        running.kubectl("apply", "-f", "-", stdin=json.dumps(listed))
        names = [f"crd/{one['metadata']['name']}" for one in listed["items"]]
        running.kubectl("wait", "--for=condition=Established", "--timeout=60s", *names)
        yield running
