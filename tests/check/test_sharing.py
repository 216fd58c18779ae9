"""What shares a volume, a host file or an address, in the ways that the rules' own texts don't show."""

from __future__ import annotations

from typing import Any

import pytest

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check.limits import host_alias
from mlkc.check.objects import object_set
from mlkc.check.references import local_store, shared_claim, unanswered_host


def found(rule: Any, *bodies: dict[str, Any]) -> list[str]:
    given = object_set("default", [Artifact("x.yaml", ArtifactKind.OBJECT, body) for body in bodies], ())
    return [finding.message for finding in rule.RULE.find(given)]


def deployment(**spec: Any) -> dict[str, Any]:
    volume = {"name": "data", "persistentVolumeClaim": {"claimName": "data"}}
    template = {"spec": {"containers": [], "volumes": [volume]}}
    return {"kind": "Deployment", "metadata": {"name": "mlflow"}, "spec": {**spec, "template": template}}


CLAIM = {
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "data"},
    "spec": {"accessModes": ["ReadWriteOnce"]},
}


@pytest.mark.parametrize(
    ("spec", "shares"),
    [
        ({}, True),
        ({"replicas": 1, "strategy": {"type": "Recreate"}}, False),
        ({"replicas": 2, "strategy": {"type": "Recreate"}}, True),
        ({"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0}}}, False),
        ({"replicas": 0}, False),
    ],
)
def test_a_roll_out_has_two_pods_unless_the_old_one_goes_first(spec: dict[str, Any], shares: bool) -> None:
    assert bool(found(shared_claim, CLAIM, deployment(**spec))) is shares


def test_a_pod_on_its_nodes_network_may_have_host_aliases() -> None:
    aliases = [{"ip": "192.168.10.145", "hostnames": ["ab-node1.senses"]}]
    spec = {"hostNetwork": True, "hostAliases": aliases, "containers": []}
    assert found(host_alias, {"kind": "Pod", "metadata": {"name": "x"}, "spec": spec}) == []


@pytest.mark.parametrize(
    ("container", "local"),
    [
        ({"args": ["--backend-store-uri", "sqlite:////data/mlflow.db"]}, True),
        ({"command": ["mlflow", "server", "--backend-store-uri=./mlruns"]}, True),
        ({"env": [{"name": "MLFLOW_BACKEND_STORE_URI", "value": "file:///data"}]}, True),
        ({"args": ["--backend-store-uri", "mysql+pymysql://db/mlflow"]}, False),
        ({"args": ["--backend-store-uri"]}, False),
        ({}, False),
    ],
)
def test_an_autoscaler_may_not_add_pods_to_metadata_in_a_file(container: dict[str, Any], local: bool) -> None:
    server = {
        "kind": "Deployment",
        "metadata": {"name": "mlflow"},
        "spec": {"template": {"spec": {"containers": [container]}}},
    }
    scaler: dict[str, Any] = {
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "mlflow"},
        "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "mlflow"}, "maxReplicas": 3},
    }
    assert bool(found(local_store, server, scaler)) is local
    scaler["spec"]["scaleTargetRef"]["name"] = "other"
    assert not found(local_store, server, scaler)


@pytest.mark.parametrize(
    ("host", "allowed", "answered"),
    [
        ("a.example.com", "a.example.com", True),
        ("a.example.com", "*", True),
        ("a.example.com", "*.example.com,localhost", True),
        ("*.example.com", "*.example.com", True),
        ("*.example.com", "a.example.com", False),
        ("a.example.com", "a.example.com:5000", False),
    ],
)
def test_a_host_is_compared_as_mlflow_does(host: str, allowed: str, answered: bool) -> None:
    backend = {"service": {"name": "mlflow", "port": {"number": 5000}}}
    rule = {"host": host, "http": {"paths": [{"path": "/", "backend": backend}]}}
    variable = {"name": "MLFLOW_SERVER_ALLOWED_HOSTS", "value": allowed}
    pod = {
        "metadata": {"name": "mlflow", "labels": {"app": "mlflow"}},
        "spec": {"containers": [{"env": [variable]}]},
    }
    service = {"metadata": {"name": "mlflow"}, "spec": {"selector": {"app": "mlflow"}}}
    ingress = {"metadata": {"name": "mlflow"}, "spec": {"rules": [rule]}}
    complaints = found(
        unanswered_host,
        {"kind": "Ingress", **ingress},
        {"kind": "Service", **service},
        {"kind": "Pod", **pod},
    )
    assert (complaints == []) is answered
