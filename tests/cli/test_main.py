"""The command line as people use it: exit codes, and no traceback."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from command import MLKC

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments: {prod: {}}
"""


def run(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MLKC, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_compile_writes_and_says_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    done = run("compile", "spec.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kubectl apply -k overlays/prod" in done.stdout
    secrets = tmp_path / "overlays/prod/secrets.env"
    assert secrets.stat().st_mode & 0o777 == 0o600
    kept = secrets.read_bytes()
    again = run("compile", "spec.yaml", cwd=tmp_path)
    assert again.stdout.startswith("nothing changed")
    assert secrets.read_bytes() == kept


def test_an_error_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC.replace("hdfs:", "hfds:"))
    done = run("compile", "spec.yaml", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "spec.yaml:3:1" in done.stderr
    assert not (tmp_path / "out").exists()


def test_wrong_use_is_exit_code_two(tmp_path: Path) -> None:
    assert run("compile", cwd=tmp_path).returncode == 2
    assert run("complie", "spec.yaml", cwd=tmp_path).returncode == 2


def test_a_missing_spec_is_a_diagnostic(tmp_path: Path) -> None:
    done = run("compile", "nowhere.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_machine_is_exit_code_three(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    done = run("compile", "spec.yaml", "-o", "out", cwd=tmp_path, MLKC_KUBECTL=str(tmp_path / "no-kubectl"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_help_lists_the_commands(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "compile" in done.stdout
