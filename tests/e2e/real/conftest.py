"""The stack that the tests of this folder share: two replicas, a database and an HDFS, all of the spec in `specs/`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import images
from .container import Image
from .hdfs import hdfs
from .network import network
from .rendered import Rendered, compile_and_render, render
from .stack import Replica, Stack

HERE = Path(__file__).parent
SPEC = HERE.parents[2] / "specs" / "mlflow.yaml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.real)


@dataclass(slots=True)
class Site:
    """What the tests find running.

    Attributes:
        prod: The environment of the server.
        dev: The same stack with a client.
        stack: Starts more pods.
        image: The server's image.
        database: Its pod; a test that stops it puts the new one here.
        replicas: The server's pods, both started on an empty database at the same time.
        resources: Ends what tests start for those after them.
    """

    prod: Rendered
    dev: Rendered
    stack: Stack
    image: Image
    database: Replica
    replicas: list[Replica]
    resources: ExitStack


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Everything of the repository's own spec, running."""
    folder = tmp_path_factory.mktemp("site")
    prod = compile_and_render(SPEC.read_text(encoding="utf-8"), folder / "compiled", "prod")
    dev = render(folder / "compiled", "dev")
    image = images.mlflow(prod.images / "server", folder / "image")
    with network() as joined, hdfs(prod, joined, folder / "hdfs"):
        stack = Stack(joined, folder / "pods")
        with (
            stack.database(prod, joined.pod()) as database,
            stack.servers(prod, image, _replicas(prod)) as replicas,
            ExitStack() as resources,
        ):
            yield Site(prod, dev, stack, image, database, replicas, resources)


def _replicas(rendered: Rendered) -> int:
    (count,) = (
        each["spec"]["replicas"]
        for each in rendered.all("Deployment")
        if each["metadata"]["labels"]["app.kubernetes.io/component"] == "server"
    )
    return int(count)
