"""The driver and its executors reach what they need under the rendered policies, and nothing else does."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from reachability import Machine, Network, Place, Pod
from test_policies import pods, policies, rendered

from mlkc.app.compile import compile_spec

SPEC = Path(__file__).parents[1] / "golden" / "client-spark" / "spec.yaml"
NAMESPACE = "mlflow-prod"
AROUND: dict[str, Place] = {
    "dns": Pod("kube-system", {"k8s-app": "kube-dns"}, "10.1.0.10"),
    "neighbour": Pod(NAMESPACE, {"app": "cron"}, "10.1.0.14"),
    "name node": Machine("192.168.10.145"),
    "API service": Machine("10.96.0.1"),
    "API server": Machine("192.168.10.2"),
    "internet": Machine("192.0.2.80"),
}
DRIVER = (*range(7078, 7082), *range(7090, 7094))
PORTS = (53, 443, 3306, 4040, 5000, 6443, 7077, *DRIVER, 8020, 8888, 9866)
Way = tuple[str, str, int]


def reads(component: str) -> set[Way]:
    nodes = {(component, "name node", port) for port in (8020, 9866)}
    return nodes | {(component, "dns", 53)}


EXECUTORS = ("executor", "other executor")
API = {("client", place, port) for place in ("API service", "API server") for port in (443, 6443)}
EXPECTED = {
    ("server", "database", 3306),
    ("client", "server", 5000),
    *reads("server"),
    *reads("client"),
    *API,
    ("executor", "other executor", 7079),
    ("other executor", "executor", 7079),
    *(
        way
        for executor in EXECUTORS
        for way in (
            *reads(executor),
            *((executor, "client", port) for port in DRIVER),
            ("client", executor, 7079),
            (executor, "server", 5000),
        )
    ),
}


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("out")
    assert not compile_spec(SPEC, "spec.yaml", folder).failed
    return rendered(folder, "prod")


def executor(objects: list[dict[str, Any]], address: str) -> Pod:
    """A pod as Spark makes it from the template that the client reads."""
    maps = (one for one in objects if one["kind"] == "ConfigMap" and "executor.yaml" in one["data"])
    template = yaml.load(next(maps)["data"]["executor.yaml"], yaml.CSafeLoader)
    return Pod(NAMESPACE, {**template["metadata"]["labels"], "spark-role": "executor"}, address)


def test_every_edge_of_spark_is_open_and_everything_else_is_closed(objects: list[dict[str, Any]]) -> None:
    stack: dict[str, Place] = dict(pods(objects))
    stack |= {name: executor(objects, f"10.1.2.{number}") for number, name in enumerate(EXECUTORS)}
    places = stack | AROUND
    network = Network(
        policies(objects),
        {name: {"kubernetes.io/metadata.name": name} for name in (NAMESPACE, "kube-system")},
    )
    found = {
        (source, target, port)
        for source, target, port in product(places, places, PORTS)
        if source != target
        and (source in stack or target in stack)
        and network.reaches(places[source], places[target], port)
    }
    assert found == EXPECTED
