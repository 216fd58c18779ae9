"""The difference of two objects, laid over the first by Kustomize, must give the second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mlkc.artifact.yaml import dump, load_all
from mlkc.emit.difference import Difference

KUBECTL = Path(sys.executable).parent / "kubectl"


def deployment(pod: dict[str, Any], **spec: Any) -> dict[str, Any]:
    container = {"name": "main", "image": "a:1"}
    template = {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container], **pod}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "x"},
        "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template, **spec},
    }


def containers(*names: str, **fields: Any) -> dict[str, Any]:
    return {"containers": [{"name": name, "image": "a:1", **fields} for name in names]}


PAIRS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a field is added": (deployment({}), deployment({"nodeSelector": {"disk": "ssd"}})),
    "a field is taken back": (deployment({"nodeSelector": {"disk": "ssd"}}), deployment({})),
    "a key of a map is taken back": (
        deployment({"nodeSelector": {"disk": "ssd", "zone": "a"}}),
        deployment({"nodeSelector": {"zone": "a"}}),
    ),
    "a container is added and one taken out": (
        deployment(containers("a", "b")),
        deployment(containers("b", "c")),
    ),
    "a list without a key is replaced": (
        deployment(containers("a", args=["--one", "1"])),
        deployment(containers("a", args=["--two"])),
    ),
    "a variable changes, one comes, one goes": (
        deployment(containers("a", env=[{"name": "A", "value": "1"}, {"name": "B", "value": "2"}])),
        deployment(containers("a", env=[{"name": "B", "value": "3"}, {"name": "C", "value": "4"}])),
    ),
    "a variable's value becomes a reference": (
        deployment(containers("a", env=[{"name": "A", "value": "1"}])),
        deployment(
            containers("a", env=[{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}])
        ),
    ),
    "host aliases are merged by address": (
        deployment({"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["a"]}]}),
        deployment(
            {
                "hostAliases": [
                    {"ip": "10.0.0.2", "hostnames": ["c"]},
                    {"ip": "10.0.0.1", "hostnames": ["a", "b"]},
                ]
            }
        ),
    ),
    "a container's port changes": (
        deployment(containers("a", ports=[{"name": "http", "containerPort": 5000}])),
        deployment(containers("a", ports=[{"name": "http", "containerPort": 5050}])),
    ),
    "a number becomes zero": (deployment({}, minReadySeconds=5), deployment({}, minReadySeconds=0)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_kustomize_turns_the_difference_into_the_wanted_object(name: str, tmp_path: Path) -> None:
    base, wanted = PAIRS[name]
    difference = Difference(base, wanted, {})
    identity = {key: base[key] for key in ("apiVersion", "kind", "metadata")}
    (tmp_path / "base.yaml").write_text(dump(base))
    (tmp_path / "patch.yaml").write_text(dump({**identity, **difference.patch}))
    kustomization = {"resources": ["base.yaml"], "patches": [{"path": "patch.yaml"}]}
    (tmp_path / "kustomization.yaml").write_text(dump(kustomization))
    run = subprocess.run([KUBECTL, "kustomize", tmp_path], capture_output=True, text=True, check=True)
    assert _unordered(load_all(run.stdout)[0]) == _unordered(wanted)


def _unordered(node: Any) -> Any:
    """Lists that Kubernetes merges by a key have no order of their own."""
    if isinstance(node, dict):
        return {key: _unordered(value) for key, value in node.items()}
    if isinstance(node, list):
        items = [_unordered(item) for item in node]
        return sorted(items, key=repr) if all(isinstance(item, dict) for item in items) else items
    return node


def test_equal_objects_have_no_difference() -> None:
    assert Difference(deployment({}), deployment({}), {}).patch == {}


def test_a_patch_keeps_the_origins_of_what_it_says() -> None:
    base = deployment(containers("a", args=["1"]))
    wanted = deployment(containers("a", args=["2"]))
    args = ("spec", "template", "spec", "containers", 0, "args")
    difference = Difference(base, wanted, {(): ("server",), args: ("server", "args")})
    assert difference.origins[args] == ("server", "args")


def test_a_variable_still_stands_after_the_one_that_it_refers_to() -> None:
    """Kustomize puts a patch's variables first, and Kubernetes leaves a reference to a later one as it is."""
    names = [{"name": "HOST", "value": "a"}, {"name": "IP", "value": "1"}, {"name": "URL", "value": "$(IP)/"}]
    base = deployment(containers("a", env=[{"name": "FIRST", "value": "1"}, *names]))
    wanted = deployment(
        containers("a", env=[{"name": "FIRST", "value": "1"}, *names[:2], {**names[2], "value": "$(IP)"}])
    )
    patch = Difference(base, wanted, {}).patch
    (container,) = patch["spec"]["template"]["spec"]["containers"]
    assert [variable["name"] for variable in container["env"]] == ["IP", "URL"]
