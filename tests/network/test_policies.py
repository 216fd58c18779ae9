"""What Kustomize renders opens the stack's connections, each of them, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from reachability import Machine, Network, Place, Pod

from mlkc.app.compile import compile_spec

SPEC = Path(__file__).parents[1] / "golden" / "network-policies" / "spec.yaml"
KUBECTL = Path(sys.executable).parent / "kubectl"
NAMESPACES = ("mlflow", "kube-system", "ingress-nginx", "monitoring", "other")
# What is there beside the stack.
AROUND: dict[str, Place] = {
    "dns": Pod("kube-system", {"k8s-app": "kube-dns"}, "10.1.0.10"),
    "system": Pod("kube-system", {"k8s-app": "metrics-server"}, "10.1.0.11"),
    "controller": Pod("ingress-nginx", {"app.kubernetes.io/name": "ingress-nginx"}, "10.1.0.12"),
    "prometheus": Pod("monitoring", {"app.kubernetes.io/name": "prometheus"}, "10.1.0.16"),
    "stranger": Pod("other", {"app.kubernetes.io/name": "mlflow"}, "10.1.0.13"),
    "neighbour": Pod("mlflow", {"app": "cron"}, "10.1.0.14"),
    "unknown": Pod(
        "mlflow",
        {"app.kubernetes.io/name": "mlflow", "app.kubernetes.io/instance": "mlflow"},
        "10.1.0.15",
    ),
    "dns cache": Machine("169.254.20.10"),
    "name node": Machine("192.168.10.145"),
    "data node": Machine("192.168.10.146"),
    "hdfs range": Machine("10.20.3.4"),
    "beside the range": Machine("10.21.0.1"),
    "mirror": Machine("10.99.0.7"),
    "internet": Machine("192.0.2.80"),
}
PORTS = ((53, "UDP"), (53, "TCP"), (443, "TCP"), (3306, "TCP"), (5000, "TCP"), (5000, "UDP"), (8020, "TCP"))
PORTS = (*PORTS, (8888, "TCP"), (9866, "TCP"))
Way = tuple[str, str, int, str]


def reads(component: str) -> set[Way]:
    """HDFS and DNS, as server and client both need them."""
    return {
        (component, "name node", 8020, "TCP"),
        *((component, node, 9866, "TCP") for node in ("name node", "data node", "hdfs range")),
        (component, "hdfs range", 8020, "TCP"),
        *(
            (component, server, 53, protocol)
            for server in ("dns", "dns cache")
            for protocol in ("UDP", "TCP")
        ),
    }


CLIENT = {
    ("client", "server", 5000, "TCP"),
    *reads("client"),
    *(("client", "mirror", port, protocol) for port, protocol in PORTS),
}
ALWAYS = {("server", "database", 3306, "TCP"), *reads("server")}
EXPECTED = {
    "dev": ALWAYS | CLIENT,
    "prod": ALWAYS | {("controller", "server", 5000, "TCP"), ("prometheus", "server", 5000, "TCP")},
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert not compile_spec(SPEC, "spec.yaml", folder).failed
    return folder


def rendered(output: Path, environment: str) -> list[dict[str, Any]]:
    command = [KUBECTL, "kustomize", output / "overlays" / environment]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(yaml.load_all(text, yaml.CSafeLoader))


def pods(objects: list[dict[str, Any]]) -> Iterator[tuple[str, Pod]]:
    workloads = [one for one in objects if one["kind"] in ("Deployment", "StatefulSet", "CronJob")]
    for number, one in enumerate(workloads):
        job = one["kind"] == "CronJob"
        template = (one["spec"]["jobTemplate"]["spec"] if job else one["spec"])["template"]
        labels = template["metadata"]["labels"]
        named = {
            port["name"]: port["containerPort"]
            for container in template["spec"]["containers"]
            for port in container.get("ports", ())
        }
        pod = Pod(one["metadata"]["namespace"], labels, f"10.1.1.{number}", named)
        yield labels["app.kubernetes.io/component"], pod


def policies(objects: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(one for one in objects if one["kind"] == "NetworkPolicy")


def open_ways(objects: list[dict[str, Any]], given: tuple[dict[str, Any], ...]) -> set[Way]:
    """Every connection with the stack at one end that the policies allow."""
    stack: dict[str, Place] = dict(pods(objects))
    places = stack | AROUND
    network = Network(given, {name: {"kubernetes.io/metadata.name": name} for name in NAMESPACES})
    return {
        (source, target, port, protocol)
        for source, target, (port, protocol) in product(places, places, PORTS)
        if source != target
        and (source in stack or target in stack)
        and network.reaches(places[source], places[target], port, protocol)
    }


@pytest.mark.parametrize("environment", EXPECTED)
def test_every_edge_is_open_and_everything_else_is_closed(output: Path, environment: str) -> None:
    objects = rendered(output, environment)
    assert open_ways(objects, policies(objects)) == EXPECTED[environment]


BACKUP = {("backup", "database", 3306, "TCP")}
DNS = {way for way in reads("backup") if way[2] == 53}


@pytest.mark.parametrize(("to", "more"), [("volume", BACKUP | DNS), ("hdfs", BACKUP | reads("backup"))])
def test_a_backup_reaches_the_database_and_where_its_dumps_go(
    tmp_path: Path, to: str, more: set[Way]
) -> None:
    spec = yaml.safe_load(SPEC.read_text())
    spec["database"] = {"backup": {"to": to}}
    (tmp_path / "spec.yaml").write_text(yaml.safe_dump(spec))
    assert not compile_spec(tmp_path / "spec.yaml", "spec.yaml", tmp_path).failed
    objects = rendered(tmp_path, "prod")
    assert open_ways(objects, policies(objects)) == EXPECTED["prod"] | more


def test_a_policy_less_opens_or_closes_something(output: Path) -> None:
    """None of the policies is there for nothing: the one that closes all holds pods that no edge names."""
    objects = rendered(output, "dev")
    given = policies(objects)
    for one in given:
        rest = tuple(other for other in given if other is not one)
        if one["metadata"]["name"] == "mlflow-closed":
            network = Network(rest, {name: {} for name in NAMESPACES})
            assert network.reaches(AROUND["internet"], AROUND["unknown"], 443)
        else:
            assert open_ways(objects, rest) != EXPECTED["dev"]


def test_a_pod_of_the_stack_that_no_edge_names_is_cut_off(output: Path) -> None:
    network = Network(
        policies(rendered(output, "dev")),
        {name: {"kubernetes.io/metadata.name": name} for name in NAMESPACES},
    )
    unknown = AROUND["unknown"]
    assert not any(
        network.reaches(unknown, other, *port) or network.reaches(other, unknown, *port)
        for other in AROUND.values()
        for port in PORTS
        if other is not unknown
    )


def test_an_environment_without_policies_has_none_and_is_open(output: Path) -> None:
    objects = rendered(output, "open")
    assert policies(objects) == ()
    assert ("internet", "database", 3306, "TCP") in open_ways(objects, ())
