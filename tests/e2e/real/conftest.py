"""The stack that the tests of this folder share: two replicas, a database and an HDFS, all of the spec in `specs/`.

Its pods run the images that its build folders make, by the rendered Deployments.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..images import buildable, built
from . import images
from .container import Image
from .hdfs import hdfs
from .network import network
from .rendered import Rendered, compile_and_render, render
from .stack import Replica, Stack

HERE = Path(__file__).parent


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
        client_image: The client's image.
        database: Its pod; a test that stops it puts the new one here.
        replicas: The server's pods, both started on an empty database at the same time.
        resources: Ends what tests start for those after them.
    """

    prod: Rendered
    dev: Rendered
    stack: Stack
    image: Image
    client_image: Image
    database: Replica
    replicas: list[Replica]
    resources: ExitStack


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the repository's own spec and of what it compiles to."""
    folder = tmp_path_factory.mktemp("compiled")
    compile_and_render(buildable("mlflow"), folder, "prod")
    return folder


@pytest.fixture(scope="session")
def server_image(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """The server's image of the repository's own spec."""
    image = built("mlflow-server", compiled / "images/server", tmp_path_factory.mktemp("image"))
    with images.mounted(image) as found:
        yield found


@pytest.fixture(scope="session")
def site(compiled: Path, server_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Everything of the repository's own spec, running."""
    folder = tmp_path_factory.mktemp("site")
    prod, dev = render(compiled, "prod"), render(compiled, "dev")
    client = built("mlflow-client", compiled / "images/client", folder)
    with network() as joined, hdfs(prod, joined, folder / "hdfs"):
        stack = Stack(joined, folder / "pods")
        with (
            images.mounted(client) as client_image,
            stack.database(prod, joined.pod()) as database,
            stack.servers(prod, server_image, _replicas(prod)) as replicas,
            ExitStack() as resources,
        ):
            yield Site(prod, dev, stack, server_image, client_image, database, replicas, resources)


def _replicas(rendered: Rendered) -> int:
    (count,) = (
        each["spec"]["replicas"]
        for each in rendered.all("Deployment")
        if each["metadata"]["labels"]["app.kubernetes.io/component"] == "server"
    )
    return int(count)
