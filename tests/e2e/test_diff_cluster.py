"""`mlkc diff --against cluster` on real API servers: what it tells, what a reader sees, and that it writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec
from mlkc.app.diff import Diff, diff

from .cluster import Cluster
from .overlays import apply

NAMESPACE = "diffed"
SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
namespace: diffed
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
database: {storage: {size: 2Gi}}
client: {enabled: false}
server:
  workers: 2
  resources: {limits: {cpu: "0.5"}}
environments:
  prod: {server: {ingress: {host: mlflow.example.com}}}
"""
# A reviewer without Secrets.
ROLE = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {"name": "reviewer", "namespace": NAMESPACE},
    "rules": [
        {
            "apiGroups": ["", "apps", "networking.k8s.io"],
            "resources": [
                *("configmaps", "services", "persistentvolumeclaims"),
                *("deployments", "statefulsets", "ingresses"),
            ],
            "verbs": ["get", "list"],
        }
    ],
}  # fmt: skip


@pytest.fixture
def server(kubernetes: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setenv("KUBECONFIG", str(kubernetes.kubeconfig))
    yield kubernetes
    kubernetes.forget(NAMESPACE)


def compiled(folder: Path, text: str) -> Path:
    spec = folder / "spec.yaml"
    spec.write_text(text, encoding="utf-8")
    done = compile_spec(spec, "spec.yaml", folder)
    assert not done.failed, done.diagnostics
    return folder / "overlays" / "prod"


def against_cluster(folder: Path, text: str) -> Diff:
    (folder / "spec.yaml").write_text(text, encoding="utf-8")
    said = diff(folder / "spec.yaml", "spec.yaml", "cluster", ("e2e",), folder)
    assert said.problem == ""
    return said


def versions(cluster: Cluster) -> dict[str, str]:
    kinds = "deployments,statefulsets,services,configmaps,secrets,persistentvolumeclaims,ingresses"
    # The status, which controllers write at any time, has the same version as the rest.
    return {
        f"{one['kind']}/{one['metadata']['name']}": json.dumps(one.get("spec", one.get("data")))
        for one in cluster.objects(kinds, "--namespace", NAMESPACE)
    }


@pytest.mark.parametrize("way", [(), ("--server-side",)], ids=["client-side", "server-side"])
def test_what_is_there_is_compared_with_the_spec(
    server: Cluster, tmp_path: Path, way: tuple[str, ...]
) -> None:
    assert apply(server, compiled(tmp_path, SPEC), *way).code == 0
    same = against_cluster(tmp_path, SPEC)
    assert (same.changes, same.notices) == ((), ())
    server.kubectl("scale", "--namespace", NAMESPACE, "deployment/mlflow", "--replicas=3")
    before = versions(server)

    other = SPEC.replace("size: 2Gi", "size: 1Gi").replace('{cpu: "0.5"}', "{}")
    other = other.replace("{server: {ingress: {host: mlflow.example.com}}}", "{}")
    found = {
        one.term: (one.old, one.new, one.action, str(one.effect))
        for one in against_cluster(tmp_path, other).changes
    }
    assert found["volume size"] == ("2Gi", "1Gi", "changed", "refused")
    assert found["CPU limit"][1:] == ("", "removed", "restart")
    assert found["replicas"] == ("3", "1", "changed", "none")
    assert found["Ingress mlflow"] == ("mlflow.example.com", "", "removed", "none")
    assert versions(server) == before


def test_a_reviewer_sees_what_the_role_lets_read(
    server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert apply(server, compiled(tmp_path, SPEC)).code == 0
    where = ("--namespace", NAMESPACE)
    server.kubectl("create", "serviceaccount", "reviewer", *where)
    server.kubectl("apply", "-f", "-", stdin=json.dumps(ROLE))
    server.kubectl(
        "create", "rolebinding", "r", "--role=reviewer", f"--serviceaccount={NAMESPACE}:reviewer", *where
    )
    token = server.kubectl("create", "token", "reviewer", *where).out.strip()
    config = json.loads(server.kubeconfig.read_text(encoding="utf-8"))
    config["users"][0]["user"] = {"token": token}
    (tmp_path / "kubeconfig").write_text(json.dumps(config), encoding="utf-8")
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "kubeconfig"))

    said = against_cluster(tmp_path, SPEC.replace("workers: 2", "workers: 3"))
    assert "variable MLFLOW_WORKERS" in {change.term for change in said.changes}
    assert not any(change.action == "added" for change in said.changes)
    (notice,) = said.notices
    assert notice.code == "MK763"
    assert "not compared: Namespace diffed, Secret db-secrets" in notice.notes

    config["users"][0]["user"] = {"token": "nobody"}
    (tmp_path / "kubeconfig").write_text(json.dumps(config), encoding="utf-8")
    assert "MK762" in {one.code for one in against_cluster(tmp_path, SPEC).diagnostics}


@pytest.mark.usefixtures("server")
def test_a_stack_that_is_not_there_is_new(tmp_path: Path) -> None:
    compiled(tmp_path, SPEC)
    said = against_cluster(tmp_path, SPEC)
    assert {change.action for change in said.changes} == {"added"}
    assert [notice.code for notice in said.notices] == ["MK764"]
