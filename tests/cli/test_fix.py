"""`mlkc fix` as it is typed: exit codes, what is written and what is not."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

from command import run

SPEC = """# ours
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
databse: {name: mlflowdb}  # MySQL
environments: {prod: {}}
"""
GOOD = SPEC.replace("databse", "database")


def fix(path: Path, *arguments: str) -> CompletedProcess[str]:
    return run("fix", path.name, *arguments, cwd=path.parent)


def spec(folder: Path, text: str = SPEC) -> Path:
    path = folder / "spec.yaml"
    path.write_bytes(text.encode())
    return path


def test_a_fault_with_a_remedy_is_mended(tmp_path: Path) -> None:
    path = spec(tmp_path)
    path.chmod(0o640)
    done = fix(path)
    assert (done.returncode, path.read_text()) == (0, GOOD)
    assert "spec.yaml:5:1: MK101: rename `databse` to `database`: done" in done.stdout
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["spec.yaml"]


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    path = spec(tmp_path, GOOD)
    before = path.stat()
    done = fix(path)
    assert done.returncode == 0
    assert "nothing in it has a certain remedy" in done.stdout
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_diff_writes_nothing(tmp_path: Path) -> None:
    path = spec(tmp_path)
    done = fix(path, "--diff")
    assert (done.returncode, path.read_text()) == (0, SPEC)
    assert "-databse: {name: mlflowdb}  # MySQL\n+database: {name: mlflowdb}  # MySQL\n" in done.stdout


def test_what_is_left_decides_the_exit_code(tmp_path: Path) -> None:
    path = spec(tmp_path, SPEC + "server: {port: 80}\n")
    done = fix(path, "--format", "json")
    errors = [found for found in json.loads(done.stdout)["diagnostics"] if found["severity"] == "error"]
    assert (done.returncode, [found["code"] for found in errors]) == (1, ["MK105"])
    assert path.read_text() == GOOD + "server: {port: 80}\n"


def test_a_link_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    path = spec(folder, "\ufeff" + SPEC)
    link = tmp_path / "spec.yaml"
    link.symlink_to(path)
    assert fix(link).returncode == 0
    assert link.is_symlink()
    assert path.read_bytes() == ("\ufeff" + GOOD).encode()


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = fix(tmp_path / "none.yaml")
    assert done.returncode == 1
    assert "there is no file" in done.stderr
