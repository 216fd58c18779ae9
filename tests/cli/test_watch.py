"""`mlkc compile --watch`, as the real process that a person runs."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import MLKC

PATCH = "out/overlays/prod/patches/server-deployment.yaml"
SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments:
  prod:
    server: {workers: 5}
"""
LIMIT = 60.0
"""Seconds in which an answer comes on the slowest machine."""


class Watching:
    """A running `mlkc compile --watch`."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [MLKC, "compile", "spec.yaml", "-o", "out", "--watch"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        self._stream = self.process.stdout.fileno()
        self._read = b""

    def answer(self) -> str:
        """Waits for what is said of one save, up to the line that says that it waits for the next."""
        end = b"Ctrl-C ends\n"
        while end not in self._read:
            ready, _, _ = select.select([self._stream], [], [], LIMIT)
            assert ready, f"no answer, only {self._read!r}"
            new = os.read(self._stream, 65536)
            assert new, f"it ended: {self._read!r}"
            self._read += new
        said, _, self._read = self._read.partition(end)
        return said.decode()

    def interrupt(self) -> int:
        """Presses Ctrl-C and returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LIMIT)


def save(folder: Path, text: str) -> None:
    """Saves the spec as editors do: another file takes its name."""
    other = folder / "spec.yaml~"
    other.write_text(text)
    other.replace(folder / "spec.yaml")


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    (tmp_path / "out").mkdir()
    save(tmp_path, SPEC)
    one = Watching(tmp_path)
    yield one
    one.process.kill()
    one.process.wait()
    if one.process.stdout is not None:
        one.process.stdout.close()


def test_each_save_is_compiled_and_what_changed_is_shown(watching: Watching, tmp_path: Path) -> None:
    assert "created" in watching.answer()
    save(tmp_path, SPEC.replace("5", "6"))
    assert "~ overlays/prod/patches/server-deployment.yaml" in watching.answer()
    assert "memory: 5632Mi" in (tmp_path / PATCH).read_text()
    (tmp_path / "spec.yaml").write_text(SPEC.replace("5", "32"))  # in place, with another size
    assert "1 updated" in watching.answer()
    assert "memory: 5632Mi" not in (tmp_path / PATCH).read_text()
    assert watching.interrupt() == 0


def test_a_mistake_is_shown_and_mended_without_a_new_start(watching: Watching, tmp_path: Path) -> None:
    watching.answer()
    save(tmp_path, SPEC.replace("workers", "wrokers"))
    said = watching.answer()
    assert "MK101" in said
    assert "wrokers" in said
    save(tmp_path, SPEC.replace("5", "7"))
    assert "1 updated" in watching.answer()
    assert watching.interrupt() == 0


def test_a_spec_that_is_away_is_waited_for(watching: Watching, tmp_path: Path) -> None:
    watching.answer()
    (tmp_path / "spec.yaml").unlink()
    save(tmp_path, SPEC.replace("5", "8"))
    assert "1 updated" in watching.answer()
    assert watching.interrupt() == 0


def test_ctrl_c_during_a_compile_is_fine_too(watching: Watching, tmp_path: Path) -> None:
    watching.answer()
    save(tmp_path, SPEC.replace("5", "9"))
    assert watching.interrupt() == 0


def test_it_reports_as_text_only(tmp_path: Path) -> None:
    save(tmp_path, SPEC)
    done = subprocess.run(
        [MLKC, "compile", "spec.yaml", "--watch", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--format text" in done.stderr
