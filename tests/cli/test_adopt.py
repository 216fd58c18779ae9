"""`mlkc compile --adopt`: an edit of a generated file becomes a patch in the spec, or a diagnostic says why not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from command import MLKC, run

SPEC = """# Ours.
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}   # the old cluster
environments:
  dev:   # nothing yet

  prod:
    server: {workers: 3}   # enough
    # the end of prod
"""
PATCH = "overlays/prod/patches/server-deployment.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert run("compile", "spec.yaml", cwd=tmp_path).returncode == 0
    return tmp_path


def change(tree: Path, path: str, old: str, new: str) -> None:
    text = (tree / path).read_text()
    assert old in text
    (tree / path).write_text(text.replace(old, new, 1))


def rendered(tree: Path, environment: str) -> str:
    done = subprocess.run(
        [MLKC.with_name("kubectl"), "kustomize", f"overlays/{environment}"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def adopted(tree: Path) -> str:
    """Adopts, and proves that the overlays say what the edited ones said and that a check is content."""
    edited = {name: rendered(tree, name) for name in ("dev", "prod")}
    done = run("compile", "spec.yaml", "--adopt", cwd=tree)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: rendered(tree, name) for name in edited} == edited
    assert run("check", "spec.yaml", cwd=tree).returncode == 0
    spec = (tree / "spec.yaml").read_text()
    assert [line for line in spec.splitlines() if line in SPEC.splitlines()] == SPEC.splitlines()
    return spec


def lost(tree: Path) -> str:
    """Adopts in vain, and proves that nothing was written."""
    kept = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    done = run("compile", "spec.yaml", "--adopt", cwd=tree)
    assert done.returncode == 1
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == kept
    return done.stderr


def test_an_edit_of_the_base_is_a_patch_for_all(tree: Path) -> None:
    change(tree, "base/server-service.yaml", "port: 5000", "port: 5001")
    spec = adopted(tree)
    assert spec.count("patches:") == 1
    assert "\npatches:\n  - target:\n" in spec
    assert rendered(tree, "dev").count("port: 5001") == 1


def test_an_edit_of_an_overlay_is_a_patch_for_it(tree: Path) -> None:
    change(tree, PATCH, "spec:\n", "spec:\n  minReadySeconds: 7\n")
    spec = adopted(tree)
    assert "    patches:\n" in spec
    assert "minReadySeconds: 7" not in rendered(tree, "dev")


def test_one_edit_that_is_lost_keeps_all_back(tree: Path) -> None:
    change(tree, PATCH, "spec:\n", "spec:\n  minReadySeconds: 7\n")
    annotated = "kind: Kustomization\ncommonAnnotations: {a: b}\n"
    change(tree, "overlays/dev/kustomization.yaml", "kind: Kustomization\n", annotated)
    said = lost(tree)
    assert "MK726" in said
    assert "made from files" in said or "secrets" in said


def test_two_environments_and_the_base_at_once(tree: Path) -> None:
    (tree / "spec.yaml").write_text(SPEC.replace("dev:   #", "dev: {server: {workers: 5}}   #"))
    assert run("compile", "spec.yaml", cwd=tree).returncode == 0
    change(tree, "base/server-deployment.yaml", "spec:\n", "spec:\n  minReadySeconds: 5\n")
    change(tree, PATCH, "spec:\n", "spec:\n  minReadySeconds: 7\n")
    change(tree, PATCH.replace("prod", "dev"), "spec:\n", "spec:\n  revisionHistoryLimit: 3\n")
    edited = {name: rendered(tree, name) for name in ("dev", "prod")}
    done = run("compile", "spec.yaml", "--adopt", cwd=tree)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: rendered(tree, name) for name in edited} == edited
    assert (tree / "spec.yaml").read_text().count("patches:") == 3
    assert run("check", "spec.yaml", cwd=tree).returncode == 0


def test_a_field_taken_out_is_a_json_patch(tree: Path) -> None:
    change(tree, "base/server-service.yaml", "    targetPort: http\n", "")
    assert "op: remove" in adopted(tree)


def test_a_second_edit_joins_the_list(tree: Path) -> None:
    change(tree, "base/server-service.yaml", "port: 5000", "port: 5001")
    adopted(tree)
    change(tree, "base/server-deployment.yaml", "spec:\n", "spec:\n  minReadySeconds: 5\n")
    assert adopted(tree).count("patches:") == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_flow_lists_anchors_and_line_ends_stay_as_they_are(tmp_path: Path, newline: str) -> None:
    spec = (
        SPEC.replace("{workers: 3}", "&some {workers: 3}")
        + "    patches: [  # ours\n"
        + "      {target: {kind: Service, name: mlflow}, merge: {spec: {sessionAffinity: None}}},  # why not\n"
        + "    ]\n"
        + "  test: {server: *some}\n"
    ).replace("\n", newline)
    (tmp_path / "spec.yaml").write_bytes(spec.encode())
    assert run("compile", "spec.yaml", cwd=tmp_path).returncode == 0
    change(tmp_path, PATCH, "spec:\n", "spec:\n  minReadySeconds: 7\n")
    change(tmp_path, PATCH.replace("prod", "test"), "spec:\n", "spec:\n  minReadySeconds: 9\n")
    done = run("compile", "spec.yaml", "--adopt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "spec.yaml").read_bytes().decode()
    new = re.findall(r', \{"target.*?7\}\}\}|, patches: .*?9\}\}\}\]', text)
    assert len(new) == 2
    assert text.replace(new[0], "").replace(new[1], "") == spec
    assert rendered(tmp_path, "test").count("minReadySeconds: 9") == 1
    assert run("check", "spec.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "reason"),
    [
        ("base/server-service.yaml", "kind: Service", "kind: Service # mine", "changes no object"),
        ("base/kustomization.yaml", "namespace: mlflow", "namespace: other", "changes no object"),
        ("base/hadoop/core-site.xml", "namenode", "othernode", "holds none"),
        ("base/server-service.yaml", "kind: Service", "kind: [", "can't be rendered"),
        ("base/server-service.yaml", "name: mlflow\n", "name: other\n", "another object"),
        ("overlays/prod/kustomization.yaml", "- ../../base\n", "", "can't be rendered"),
        (
            "base/server-deployment.yaml",
            "        env:\n",
            "        env:\n        - name: MY_PASSWORD\n          value: hunter2\n",
            "looks like a secret",
        ),
    ],
)
def test_what_can_not_be_a_patch_is_said(tree: Path, path: str, old: str, new: str, reason: str) -> None:
    change(tree, path, old, new)
    said = lost(tree)
    assert "MK726" in said
    assert reason in said
    assert "hunter2" not in said


def test_a_spec_that_changed_too_is_not_guessed_at(tree: Path) -> None:
    change(tree, "base/server-service.yaml", "port: 5000", "port: 5001")
    change(tree, "spec.yaml", "environments:", "server: {port: 5050}\nenvironments:")
    assert "can't be told apart" in lost(tree)


def test_without_an_edit_it_is_a_compile(tree: Path) -> None:
    done = run("compile", "spec.yaml", "--adopt", cwd=tree)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tree / "spec.yaml").read_text() == SPEC
