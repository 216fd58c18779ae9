"""What an ingress says of uploads hangs on who answers for it, and on whether artifacts go through it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from specs import resolved

from mlkc.artifact.render import render
from mlkc.catalog.ingress import ALB, CONTROLLERS
from mlkc.check.facts.cut_uploads import RULE
from mlkc.emit.emit import emit
from mlkc.plan.plan import Plan


def plan_of(folder: Path, artifacts: str = "proxied", **ingress: Any) -> Plan:
    found = resolved(
        folder,
        server={
            "artifacts": artifacts,
            "ingress": {"host": "ml.example.com", "tlsSecret": "tls", **ingress},
        },
    )
    assert found.value, found.diagnostics
    return found.value


def annotations(plan: Plan) -> dict[str, str]:
    assert plan.base.server.ingress
    return dict(plan.base.server.ingress.uploads)


@pytest.mark.parametrize("one", CONTROLLERS, ids=lambda one: one.name)
def test_a_controller_that_is_named_gets_its_own_annotations_and_no_others(one: Any, tmp_path: Path) -> None:
    assert annotations(plan_of(tmp_path, controller=one.name, **{"class": "own"})) == dict(one.annotations)


def test_a_class_that_two_are_installed_with_gets_what_both_need(tmp_path: Path) -> None:
    prefixes = {key.partition("/")[0] for key in annotations(plan_of(tmp_path, **{"class": "nginx"}))}
    assert prefixes == {"nginx.ingress.kubernetes.io", "nginx.org"}


def test_a_name_says_more_than_a_class(tmp_path: Path) -> None:
    found = annotations(plan_of(tmp_path, controller="nginx.org", **{"class": "nginx"}))
    assert {key.partition("/")[0] for key in found} == {"nginx.org"}


def test_artifacts_that_pass_it_by_ask_for_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "direct", **{"class": "nginx"})
    assert not annotations(plan)
    assert not list(RULE.find(plan))


@pytest.mark.parametrize(
    ("ingress", "says"),
    [
        ({}, "default ingress"),
        ({"class": "own"}, "`own`"),
        ({"class": "traefik"}, "Traefik"),
        ({"class": "own", "controller": "gce"}, "BackendConfig"),
        ({"class": "nginx"}, None),
        ({"class": "own", "controller": "alb"}, None),
    ],
)
def test_what_no_annotation_lifts_is_warned_of(
    ingress: dict[str, str], says: str | None, tmp_path: Path
) -> None:
    found = list(RULE.find(plan_of(tmp_path, **ingress)))
    assert len(found) == (says is not None)
    assert all(says and says in fault.message for fault in found)


def test_google_reads_the_class_from_an_annotation(tmp_path: Path) -> None:
    output = emit(plan_of(tmp_path, "direct", **{"class": "gce"}))
    (ingress,) = [one for one in output.artifacts if one.path == "base/server-ingress.yaml"]
    body = yaml.safe_load(render(ingress))
    assert body["metadata"]["annotations"] == {"kubernetes.io/ingress.class": "gce"}
    assert "ingressClassName" not in body["spec"]


def test_an_annotation_of_the_spec_is_left_as_it_is_or_added_to(tmp_path: Path) -> None:
    size, attributes = "nginx.ingress.kubernetes.io/proxy-body-size", ALB.annotations[0][0]
    found = annotations(plan_of(tmp_path, controller="ingress-nginx", annotations={size: "5g"}))
    assert size not in found
    found = annotations(plan_of(tmp_path, controller="alb", annotations={attributes: "a.b=true"}))
    assert found == {attributes: "a.b=true,idle_timeout.timeout_seconds=3600"}
    own = {attributes: "idle_timeout.timeout_seconds=600"}
    assert not annotations(plan_of(tmp_path, controller="alb", annotations=own))


def test_a_backend_config_that_the_service_names_is_enough(tmp_path: Path) -> None:
    ingress = {"host": "ml.example.com", "tlsSecret": "tls", "class": "gce"}
    service = {"annotations": {"cloud.google.com/backend-config": '{"default": "uploads"}'}}
    server = {"artifacts": "proxied", "ingress": ingress, "service": service}
    plan = resolved(tmp_path, server=server).value
    assert plan
    assert not list(RULE.find(plan))
