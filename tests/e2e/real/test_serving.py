"""MLflow below a path, and its metrics as a Prometheus asks for them."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import images
from .container import Image
from .network import network
from .rendered import Rendered, compile_and_render
from .stack import Replica, Stack, last_line

# An environment that changes the allowed hosts of the base, to which the pod's own address belongs.
SPEC = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
database: {engine: postgresql}
hdfs: {nameNode: "hdfs://10.0.0.1:8020"}
server: {workers: 2, staticPrefix: /team/mlflow, metrics: {}, env: {MLFLOW_LOGGING_LEVEL: WARNING}}
environments:
  prod: {server: {ingress: {host: apps.example.com, issuer: team}}}
"""
LOG_A_RUN = """
import json, mlflow
mlflow.set_experiment("trials")
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.25)
print(json.dumps([mlflow.get_tracking_uri(), mlflow.get_run(run.info.run_id).data.metrics]))
"""


@dataclass(slots=True)
class Site:
    """A server whose probes have passed."""

    prod: Rendered
    stack: Stack
    image: Image
    server: Replica

    def ask(self, path: str, host: str) -> tuple[int, str]:
        """Ask the server for a path by a name; returns the status and the text."""
        address = self.server.pod.host.address

        def get() -> tuple[int, str]:
            with closing(http.client.HTTPConnection(address, 5000, timeout=30)) as connection:
                connection.request("GET", path, headers={"Host": host})
                answer = connection.getresponse()
                return answer.status, answer.read().decode(errors="replace")

        return self.stack.network.node.run(get)


@pytest.fixture(scope="module")
def site(compiled: Path, server_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("serving")
    prod = compile_and_render(SPEC, folder / "compiled", "prod")
    image = images.variant(
        server_image, compiled / "images/server", prod.images / "server", folder / "packages"
    )
    with network() as joined:
        stack = Stack(joined, folder / "pods")
        with stack.database(prod, joined.pod()), stack.servers(prod, image, 1) as (server,):
            server.kubelet.wait_until_started()
            server.kubelet.wait_until_ready()
            assert not server.kubelet.probe("liveness")
            yield Site(prod, stack, image, server)


def test_the_server_stands_below_its_path_only(site: Site) -> None:
    assert site.ask("/team/mlflow/", "apps.example.com")[0] == 200
    assert site.ask("/", "apps.example.com")[0] == 404
    assert site.ask("/health", "localhost")[0] == 404


def test_a_client_logs_to_the_path(site: Site) -> None:
    uri, metrics = json.loads(last_line(site.stack.client(site.prod, site.image, LOG_A_RUN)))
    assert uri.endswith(":5000/team/mlflow")
    assert metrics == {"loss": 0.25}


def test_prometheus_reads_the_metrics_of_all_workers_by_the_pod_s_address(site: Site) -> None:
    own = f"{site.server.pod.host.address}:5000"

    def counted() -> float:
        status, text = site.ask("/metrics", own)
        assert status == 200, text
        return sum(
            float(value)
            for value in re.findall(r"^mlflow_http_request_total\{.*\} (\S+)$", text, re.MULTILINE)
        )

    before = counted()
    asked = 12
    for _ in range(asked):
        assert site.ask("/team/mlflow/api/2.0/mlflow/experiments/search?max_results=1", "localhost")[0] == 200
    # Whichever worker is asked, it knows of what the other has answered.
    assert counted() >= before + asked
    assert site.ask("/metrics", "10.9.9.9:5000")[0] == 403
