"""Every plan path has an origin: the spec's line, an environment's override, a default or a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlkc.app.front import front
from mlkc.plan.origin import Origin, OriginKind
from mlkc.plan.plan import Plan

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
server: {replicas: 2}
environments:
  dev:
  prod:
    server: {workers: 8, ingress: {host: mlflow.example.com}}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path: Path = tmp_path_factory.mktemp("spec") / "spec.yaml"
    path.write_text(SPEC)
    found = front(path, "spec.yaml")
    assert found.plan is not None
    return found.plan


def test_a_setting_comes_from_its_line(plan: Plan) -> None:
    assert plan.origin(("base", "server", "replicas")) == Origin(OriginKind.SPEC, ("server", "replicas"))
    in_environment = plan.origin(("environments", "dev", "server", "replicas"))
    assert in_environment == Origin(OriginKind.SPEC, ("server", "replicas"))


def test_an_override_comes_from_the_environment(plan: Plan) -> None:
    setting = ("environments", "prod", "server", "workers")
    assert plan.origin(setting) == Origin(OriginKind.OVERRIDE, setting)


def test_what_is_left_out_is_a_default(plan: Plan) -> None:
    assert plan.origin(("base", "server", "workers")).kind is OriginKind.DEFAULT


def test_what_is_computed_points_at_what_decides_it(plan: Plan) -> None:
    origin = plan.origin(("environments", "prod", "server", "allowedHosts"))
    assert origin.kind is OriginKind.DERIVED
    assert origin.spec_path == ("environments", "prod", "server", "ingress", "host")
    assert origin.rule
