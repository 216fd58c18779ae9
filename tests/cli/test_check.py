"""`mlkc check`: what drifted, what was edited and how, what is strange; and no secret in any of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from command import run

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments: {prod: {server: {workers: 3}}}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert run("compile", "spec.yaml", cwd=tmp_path).returncode == 0
    return tmp_path


def found(tree: Path, *arguments: str) -> dict[str, str]:
    done = run("check", "spec.yaml", "--format", "json", *arguments, cwd=tree)
    return {d["primary"]["place"]["file"]: d["code"] for d in json.loads(done.stdout)["diagnostics"]}


def test_a_fresh_compile_is_clean(tree: Path) -> None:
    done = run("check", "spec.yaml", cwd=tree)
    assert (done.returncode, done.stderr) == (0, "")
    assert "exactly what spec.yaml compiles to" in done.stdout


def test_a_clone_without_the_local_secrets_is_clean(tree: Path) -> None:
    (tree / "overlays/prod/secrets.env").unlink()
    assert run("check", "spec.yaml", cwd=tree).returncode == 0
    assert not (tree / "overlays/prod/secrets.env").exists()


def test_drift_is_named_and_nothing_is_written(tree: Path) -> None:
    (tree / "base/server-service.yaml").unlink()
    (tree / "spec.yaml").write_text(SPEC.replace("workers: 3", "workers: 4"))
    kept = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    assert found(tree) == {
        "base/server-service.yaml": "MK720",
        "overlays/prod/patches/server-deployment.yaml": "MK721",
    }
    assert run("check", "spec.yaml", cwd=tree).returncode == 1
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == kept


def test_what_is_no_longer_made_is_named(tree: Path) -> None:
    (tree / "spec.yaml").write_text(SPEC.replace("{server: {workers: 3}}", ""))
    assert found(tree)["overlays/prod/patches/server-deployment.yaml"] == "MK722"


def test_an_edit_is_shown(tree: Path) -> None:
    path = tree / "base/server-service.yaml"
    path.write_text(path.read_text().replace("port: 5000", "port: 5001"))
    done = run("check", "spec.yaml", cwd=tree)
    assert done.returncode == 1
    assert "MK701" in done.stderr
    assert "-  - name: http" not in done.stdout
    assert "+    port: 5001" in done.stdout
    machine = run("check", "spec.yaml", "--format", "github", cwd=tree)
    assert "::error file=base/server-service.yaml,title=MK701::" in machine.stdout
    assert "port: 5001" in machine.stdout


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_secret_is_shown(tree: Path, form: str) -> None:
    secret = (tree / "overlays/prod/secrets.env").read_text().splitlines()[0].partition("=")[2]
    path = tree / "base/server-deployment.yaml"
    text = path.read_text()
    marked = text.replace(
        "        env:\n",
        "        env:\n"
        f"        - name: PLAIN\n          value: {secret}\n"
        "        - name: MY_PASSWORD\n          value: hunter2-typed-in\n",
        1,
    )
    assert marked != text
    path.write_text(marked)
    done = run("check", "spec.yaml", "--format", form, cwd=tree)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "MY_PASSWORD" in said
    assert secret not in said
    assert "hunter2" not in said


def test_strangers_are_noted_and_do_not_fail(tree: Path) -> None:
    (tree / "overlays/prod/notes.txt").write_text("mine\n")
    assert found(tree) == {"overlays/prod/notes.txt": "MK725"}
    assert run("check", "spec.yaml", cwd=tree).returncode == 0


def test_another_folder_is_named_from_here(tree: Path) -> None:
    assert run("compile", "spec.yaml", "-o", "out", cwd=tree).returncode == 0
    (tree / "out/base/namespace.yaml").unlink()
    assert found(tree, "-o", "out") == {"out/base/namespace.yaml": "MK720"}


def test_a_broken_spec_is_said_first(tree: Path) -> None:
    (tree / "spec.yaml").write_text(SPEC.replace("hdfs:", "hfds:"))
    done = run("check", "spec.yaml", cwd=tree)
    assert done.returncode == 1
    assert "spec.yaml:3:1" in done.stderr


def test_the_hook_runs_the_command(repository: Path) -> None:
    (hook,) = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text())
    done = run(*hook["entry"].split()[1:], *hook["args"], "--help", cwd=repository)
    assert done.returncode == 0


def git(tree: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=tree, check=True, capture_output=True)


@pytest.fixture
def leftover(tree: Path) -> Path:
    """A tree with a file that was edited, with a secret in the edit, and that the spec no longer makes."""
    path = tree / "overlays/prod/patches/server-deployment.yaml"
    secret = (tree / "overlays/prod/secrets.env").read_text().splitlines()[0].partition("=")[2]
    path.write_text(path.read_text() + f"# mine: {secret}\n")
    (tree / "spec.yaml").write_text(SPEC.replace("{server: {workers: 3}}", ""))
    return tree


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("command", ["check", "diff"])
def test_the_edit_of_a_file_that_is_no_longer_made_is_shown(
    leftover: Path, command: str, committed: bool
) -> None:
    secret = (leftover / "overlays/prod/secrets.env").read_text().splitlines()[0].partition("=")[2]
    if committed:
        path = leftover / "overlays/prod/patches/server-deployment.yaml"
        edited = path.read_text()
        path.write_text(edited.partition("# mine")[0])
        git(leftover, "init", "-q")
        git(leftover, "add", ".")
        git(leftover, "commit", "-qm", "one")
        path.write_text(edited)
    done = run(command, "spec.yaml", cwd=leftover)
    assert "+# mine: ••••••••" in done.stdout
    assert secret not in done.stdout + done.stderr
    assert ("+apiVersion" in done.stdout) == (not committed)
    assert ("not in git's history" in done.stdout) == (not committed)
    assert ("was edited by hand" in done.stdout) or ("MK703" in done.stderr)


@pytest.mark.parametrize("form", ["markdown", "json", "html"])
def test_a_diff_shows_an_edit_in_every_form(leftover: Path, form: str) -> None:
    done = run("diff", "spec.yaml", "--format", form, cwd=leftover)
    assert done.returncode == 0, done.stderr
    assert "# mine" in done.stdout
    assert "server-deployment.yaml" in done.stdout.replace("\\_", "_")


def test_an_edit_is_told_from_a_change_of_the_spec(tree: Path) -> None:
    git(tree, "init", "-q")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "one")
    path = tree / "base/server-service.yaml"
    path.write_text(path.read_text() + "# mine\n")
    (tree / "spec.yaml").write_text(SPEC.replace("environments:", "server: {port: 5050}\nenvironments:"))
    done = run("check", "spec.yaml", cwd=tree)
    assert [line for line in done.stdout.splitlines() if line[:1] in "+-"][2:] == ["+# mine"]
