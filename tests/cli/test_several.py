"""Several specs in one call of compile, check and diff: a folder for each, and progress on a terminal only."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from command import MLKC, run

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments: {prod: {server: {workers: 3}}}
"""
SPECS = ("one/spec.yaml", "two/spec.yaml")
EACH = ("-o", "{folder}")


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    for spec in SPECS:
        (tmp_path / spec).parent.mkdir()
        (tmp_path / spec).write_text(SPEC)
    return tmp_path


@pytest.fixture
def trees(specs: Path) -> Path:
    done = run("compile", *SPECS, *EACH, cwd=specs)
    assert (done.returncode, done.stderr) == (0, "")
    return specs


def on_a_terminal(*arguments: str, cwd: Path, term: str = "xterm") -> str:
    """What a terminal shows of standard error."""
    terminal, end = pty.openpty()
    with subprocess.Popen(
        [MLKC, *arguments], cwd=cwd, stdout=subprocess.DEVNULL, stderr=end, env={**os.environ, "TERM": term}
    ):
        os.close(end)
        shown = b""
        while True:
            try:
                new = os.read(terminal, 65536)
            except OSError:  # the last program with the terminal is gone
                break
            if not new:
                break
            shown += new
    os.close(terminal)
    return shown.decode()


def test_each_is_compiled_into_its_own_folder(trees: Path) -> None:
    for spec in SPECS:
        assert (trees / spec).with_name("base").is_dir()
    done = run("check", *SPECS, *EACH, cwd=trees)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["one", "two"]


def test_the_name_of_a_spec_tells_folders_apart_too(specs: Path) -> None:
    (specs / "three.yaml").write_text(SPEC)
    assert run("compile", "three.yaml", "-o", "out/{name}", cwd=specs).returncode == 0
    assert (specs / "out/three/base").is_dir()


@pytest.mark.parametrize("command", ["compile", "check", "diff"])
def test_two_specs_never_share_a_folder(specs: Path, command: str) -> None:
    done = run(command, *SPECS, cwd=specs)
    assert done.returncode == 2
    assert "have the same folder" in done.stderr
    assert not (specs / "base").exists()


def test_one_bad_spec_keeps_no_other_back(specs: Path) -> None:
    (specs / SPECS[0]).write_text(SPEC.replace("workers", "wrokers"))
    done = run("compile", *SPECS, *EACH, cwd=specs)
    assert done.returncode == 1
    assert "MK101" in done.stderr
    assert not (specs / "one/base").exists()
    assert (specs / "two/base").is_dir()


def test_a_report_for_programs_is_one(trees: Path) -> None:
    for spec in SPECS:
        (trees / spec).with_name("base").joinpath("namespace.yaml").unlink()
    done = run("check", *SPECS, *EACH, "--format", "json", cwd=trees)
    assert done.returncode == 1
    files = [d["primary"]["place"]["file"] for d in json.loads(done.stdout)["diagnostics"]]
    assert files == ["one/base/namespace.yaml", "two/base/namespace.yaml"]
    helps = [d["help"] for d in json.loads(done.stdout)["diagnostics"]]
    assert "mlkc compile two/spec.yaml -o two and commit" in helps[1]


@pytest.mark.parametrize("against", ["{folder}", "git:HEAD:{folder}"])
def test_a_diff_of_several_names_the_spec(trees: Path, against: str) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *identity, *command], cwd=trees, check=True)
    (trees / SPECS[1]).write_text(SPEC.replace("workers: 3", "replicas: 2"))
    done = run("diff", *SPECS, "--against", against, "--format", "json", cwd=trees)
    rows = json.loads(done.stdout)["changes"]
    assert {row["spec"] for row in rows} == {SPECS[1]}
    assert "replicas" in {row["term"] for row in rows}
    said = run("diff", *SPECS, "--against", against, cwd=trees).stdout
    assert said.index("one/spec.yaml against") < said.index("two/spec.yaml against")
    assert "replicas 1 → 2" in said


@pytest.mark.parametrize(
    "command", [("compile", *EACH, "-q"), ("check", *EACH), ("diff", "--against", "{folder}")]
)
def test_a_terminal_shows_how_far_it_is(trees: Path, command: tuple[str, ...]) -> None:
    shown = on_a_terminal(command[0], *SPECS, *command[1:], cwd=trees)
    assert shown == "\r\x1b[K[1/2] one/spec.yaml\r\x1b[K\r\x1b[K[2/2] two/spec.yaml\r\x1b[K"


def test_nothing_else_shows_it(trees: Path) -> None:
    assert on_a_terminal("check", *SPECS, *EACH, cwd=trees, term="dumb") == ""
    assert on_a_terminal("check", SPECS[0], *EACH, cwd=trees) == ""
    assert run("check", *SPECS, *EACH, cwd=trees).stderr == ""
