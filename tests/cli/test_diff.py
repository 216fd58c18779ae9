"""`mlkc diff`: rendered stacks are compared, with causes and effects, and no secret in any form."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from command import run
from mlkc.app.diff import Change
from mlkc.catalog.effects import Effect
from mlkc.report.diff import MARKDOWN_LIMIT, markdown

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
database:
  storage: {size: 20Gi}
server: {replicas: 2}
environments:
  dev: {}
  prod: {server: {workers: 3}}
"""
CHANGE = Change(
    "server", ("prod",), "Deployment", "mlflow", "a.b", "memory limit", "2Gi", "4Gi", "changed",
    Effect.RESTART, "", ("mlflow",), None,
)  # fmt: skip


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert run("compile", "spec.yaml", cwd=tmp_path).returncode == 0
    return tmp_path


def changes(stack: Path, old: str, new: str, *arguments: str) -> list[dict[str, Any]]:
    assert old in SPEC
    (stack / "spec.yaml").write_text(SPEC.replace(old, new))
    done = run("diff", "spec.yaml", "--format", "json", *arguments, cwd=stack)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["changes"]
    return found


def test_nothing_changes_after_a_compile(stack: Path) -> None:
    done = run("diff", "spec.yaml", cwd=stack)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing changes\n", "")


def test_a_value_that_moves_between_base_and_overlays_shows_nothing(stack: Path) -> None:
    everywhere = (
        "server: {workers: 2, replicas: 2}\nenvironments:\n  dev: {}\n  prod: {server: {workers: 3}}\n"
    )
    moved = everywhere.replace("replicas: 2", "replicas: 1")
    moved = moved.replace("dev: {}", "dev: {server: {replicas: 2}}").replace(
        "workers: 3", "workers: 3, replicas: 2"
    )
    head = SPEC.partition("server:")[0]
    (stack / "spec.yaml").write_text(head + everywhere)
    assert run("compile", "spec.yaml", cwd=stack).returncode == 0
    (stack / "spec.yaml").write_text(head + moved)
    assert run("diff", "spec.yaml", cwd=stack).stdout == "nothing changes\n"


def test_a_change_is_told_in_terms_of_the_stack_with_its_cause(stack: Path) -> None:
    (change,) = changes(stack, "size: 20Gi", "size: 10Gi")
    assert (change["component"], change["environments"], change["term"]) == (
        "database",
        ["dev", "prod"],
        "volume size",
    )
    assert (change["old"], change["new"], change["effect"]) == ("20Gi", "10Gi", "refused")
    assert (change["because"]["line"], change["because"]["column"]) == (5, 19)


def test_a_change_of_one_environment(stack: Path) -> None:
    found = changes(stack, "workers: 3", "workers: 4")
    variable = next(change for change in found if change["term"] == "variable MLFLOW_WORKERS")
    assert (variable["environments"], variable["old"], variable["new"]) == (["prod"], "3", "4")
    assert (variable["effect"], variable["pods"]) == ("restart", ["mlflow"])
    assert all(change["because"]["line"] == 9 for change in found)


def test_an_image_is_rebuilt_and_its_pods_restart(stack: Path) -> None:
    found = changes(stack, "server: {replicas: 2}", "server: {replicas: 2}\nimages: {java: 11}")
    effects = {(change["component"], change["term"]): change["effect"] for change in found}
    assert effects["server", "image"] in ("image", "restart")
    assert {change["effect"] for change in found} >= {"image", "restart"}
    assert {change["because"]["setting"] for change in found} == {"images.java"}


def test_a_new_environment_opens_what_it_opens(stack: Path) -> None:
    found = changes(stack, "  dev: {}\n", "  dev: {server: {ingress: {host: mlflow.example.com}}}\n")
    assert ("access", "Ingress") in {(change["effect"], change["kind"]) for change in found}


def test_exit_codes_for_ci(stack: Path) -> None:
    (stack / "spec.yaml").write_text(SPEC.replace("size: 20Gi", "size: 10Gi"))
    assert run("diff", "spec.yaml", "--fail-on", "data", cwd=stack).returncode == 0
    assert run("diff", "spec.yaml", "--fail-on", "refused,data", cwd=stack).returncode == 1
    assert run("diff", "spec.yaml", "--fail-on", "doom", cwd=stack).returncode == 2
    assert run("diff", "spec.yaml", "--against", "git:nowhere", cwd=stack).returncode == 1


def test_a_revision_of_git(stack: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=stack, check=True, capture_output=True)

    git("init", "-q")
    (stack / ".gitignore").write_text("*secrets.env\n")
    git("add", ".")
    git("commit", "-qm", "one")
    (change,) = changes(stack, "size: 20Gi", "size: 30Gi", "--against", "git:HEAD")
    assert (change["old"], change["new"], change["effect"]) == ("20Gi", "30Gi", "none")
    assert run("compile", "spec.yaml", cwd=stack).returncode == 0
    assert run("diff", "spec.yaml", cwd=stack).stdout == "nothing changes\n"
    assert len(changes(stack, "size: 20Gi", "size: 30Gi", "--against", "git:HEAD")) == 1


def test_an_empty_folder_is_a_new_stack(stack: Path) -> None:
    (stack / "empty").mkdir()
    done = run("diff", "spec.yaml", "--against", "empty", "--format", "json", cwd=stack)
    assert {change["action"] for change in json.loads(done.stdout)["changes"]} == {"added"}


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_no_secret_is_shown(stack: Path, form: str) -> None:
    secrets = (stack / "overlays/prod/secrets.env").read_text()
    path = stack / "base/server-deployment.yaml"
    text = path.read_text()
    path.write_text(
        text.replace(
            "        env:\n", "        env:\n        - name: MY_PASSWORD\n          value: hunter2\n", 1
        )
    )
    done = run("diff", "spec.yaml", "--format", form, cwd=stack)
    assert "PASSWORD" in done.stdout
    assert "hunter2" not in done.stdout
    assert "placeholder" not in done.stdout
    assert not any(line.partition("=")[2] in done.stdout for line in secrets.splitlines())


def test_a_long_comment_keeps_what_is_dangerous() -> None:
    many = [replace(CHANGE, name=f"n{number}", new="x" * 90) for number in range(3000)]
    danger = replace(CHANGE, effect=Effect.DATA, note="the danger")
    said = markdown([danger, *many], "title")
    assert len(said) < MARKDOWN_LIMIT
    assert "the danger" in said.partition("<details>")[0]
    assert "are left out" in said
    assert said.count("<details>") == said.count("</details>") == 1


def test_a_comment_takes_no_markup_from_values() -> None:
    said = markdown([replace(CHANGE, new="| <img src=x> @all `a` **b**")], "t")
    assert "<img" not in said
    assert "@all" not in said
    row = next(line for line in said.splitlines() if "memory limit" in line)
    assert row.replace("\\|", "").count("|") == 4


@pytest.mark.parametrize(
    "body",
    [
        "- a\n",
        "secretGenerator:\n- a\n",
        "configMapGenerator: {a: b}\n",
        ": : :\n",
        "",
        "resources: [gone.yaml]\n",
    ],
)
def test_a_tree_that_kustomize_refuses_is_no_crash(stack: Path, body: str) -> None:
    (stack / "overlays/prod/kustomization.yaml").write_text(body)
    done = run("diff", "spec.yaml", cwd=stack)
    assert (done.returncode, done.stdout) == (1, "")
    assert "overlays/prod" in done.stderr


def test_a_password_that_was_encrypted_anew_is_told(stack: Path) -> None:
    (stack / "spec.yaml").write_text(f"secrets: {{strategy: sops}}\n{SPEC}")
    assert run("compile", "spec.yaml", cwd=stack).returncode == 0
    old = stack / "old"
    shutil.copytree(stack, old, ignore=shutil.ignore_patterns("old"))
    for folder, value in ((old, "one"), (stack, "two")):
        lines = f"MYSQL_ROOT_PASSWORD=ENC[{value}]\nMYSQL_PASSWORD=ENC[same]\nsops_mac=ENC[{value}]\n"
        (folder / "overlays/prod/secrets.sops.env").write_text(lines)
    done = run("diff", "spec.yaml", "--against", "old", cwd=stack)
    assert (
        "database · prod: secret key MYSQL_ROOT_PASSWORD changed\n    data at risk: encrypted anew"
        in done.stdout
    )
    assert "1 change:" in done.stdout
    assert "ENC[" not in done.stdout


def test_a_property_of_hadoop_is_told_with_the_line_that_says_it(stack: Path) -> None:
    (change,) = (
        change
        for change in changes(stack, '8020"}', '8020", coreSite: {io.file.buffer.size: "65536"}}')
        if change["kind"] == "ConfigMap"
    )
    assert (change["old"], change["new"]) == ("", "io.file.buffer.size=65536")
    assert (change["because"]["setting"], change["effect"]) == (
        "hdfs.coreSite.io.file.buffer.size",
        "downtime",
    )


def test_a_pipe_and_a_linked_folder_in_the_other_tree_are_not_read(stack: Path) -> None:
    old = stack / "old"
    shutil.copytree(stack, old, ignore=shutil.ignore_patterns("old"))
    os.mkfifo(old / "base/pipe.yaml")
    shutil.rmtree(old / "images")
    (old / "images").symlink_to("/proc")
    done = run("diff", "spec.yaml", "--against", "old", cwd=stack)
    assert done.returncode == 0
    assert "/proc" not in done.stdout
