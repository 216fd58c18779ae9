"""The commands that are printed after a compile fit the whole spec, not its last environment."""

from __future__ import annotations

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


def test_every_image_that_an_environment_runs_is_built(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    found = front(tmp_path / "spec.yaml", "spec.yaml")
    assert found.plan is not None
    assert found.output is not None
    text = notes(found.plan, found.output, ".")
    tags = found.output.tags
    assert f"docker build -t mlflow-server:{tags['server']} images/server" in text
    assert "docker build -t mlflow-server:release-7 images/server" in text
    assert f"docker build -t mlflow-client:{tags['client']} images/client" in text
