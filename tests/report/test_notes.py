"""The commands that are printed after a compile fit the whole spec, not its last environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mlkc.app.front import front
from mlkc.report.notes import notes

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments:
  dev: {images: {server: {tag: release-7}}}
  prod: {client: {enabled: false}}
"""


HEAD = SPEC.partition("environments")[0]


def compiled(folder: Path, spec: str) -> tuple[str, Mapping[str, str]]:
    (folder / "spec.yaml").write_text(spec)
    found = front(folder / "spec.yaml", "spec.yaml")
    assert found.plan is not None
    assert found.output is not None
    return notes(found.plan, found.output, "."), found.output.tags


def test_every_image_that_an_environment_runs_is_built(tmp_path: Path) -> None:
    text, tags = compiled(tmp_path, SPEC)
    assert f"docker build -t mlflow-server:{tags['server']} images/server" in text
    assert "docker build -t mlflow-server:release-7 images/server" in text
    assert f"docker build -t mlflow-client:{tags['client']} images/client" in text


def test_environments_of_one_namespace_are_for_clusters_of_their_own(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, SPEC)
    assert "kubectl apply -k overlays/dev  # to the cluster of dev\n" in text
    assert "prod, and the others likewise:\n" in text
    text, _ = compiled(tmp_path, f"{HEAD}environments: {{dev: {{namespace: a}}, prod: {{namespace: b}}}}\n")
    assert "kubectl apply -k overlays/dev\n" in text


def test_one_environment_is_not_named(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, f"{HEAD}environments: {{prod: {{}}}}\n")
    assert "#" not in text.replace("# the database's port answers", "")
    assert "likewise" not in text


def test_the_image_is_tried_at_the_port_of_the_spec(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, f"{HEAD}server: {{port: 5001}}\nenvironments: {{prod: {{}}}}\n")
    assert " -p 35000:5001 " in text
    assert " --port 5001 " in text


def test_a_restore_goes_from_the_stopped_server_to_the_started_one(tmp_path: Path) -> None:
    settings = (
        "database: {backup: {to: volume}}\nserver: {autoscale: {min: 2, max: 4}}\nenvironments: {prod: {}}\n"
    )
    text, _ = compiled(tmp_path, f"{HEAD}{settings}")
    steps = [line.strip().split("kubectl ")[1] for line in text.splitlines() if "kubectl" in line]
    restore = steps[next(n for n, step in enumerate(steps) if "--replicas=0" in step) :]
    words = ["scale", "wait --for=delete", "create job", "logs --follow", "wait --for=condition=complete"]
    words += ["delete job", "apply -k overlays/prod", "scale"]
    assert len(restore) == len(words)
    for step, word in zip(restore, words, strict=True):
        assert word in step
    assert "app.kubernetes.io/component=server" in restore[1]
    assert "--replicas=2" in restore[-1]
