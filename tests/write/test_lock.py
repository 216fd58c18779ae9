"""Two runs at once in one folder go one after the other."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from mlkc.write.apply import apply, recover
from mlkc.write.change import plan_changes
from mlkc.write.files import STAGING, OutputFile

FILES = {"base/a.yaml": "a"}


@pytest.fixture
def holder(folder):
    """The id of a process that holds the folder, in the middle of a run, until it is told to go on."""
    started, go_on = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:

        def hook(step: str, path: str) -> None:
            if (step, path) == ("rename", f"{STAGING}/journal"):
                os.write(started[1], b"x")
                os.read(go_on[0], 1)

        folder.write({"base/b.yaml": "b"}, hook=hook)
        os._exit(0)
    os.read(started[0], 1)
    yield pid, lambda: os.write(go_on[1], b"x")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for handle in (*started, *go_on):
        os.close(handle)


def test_a_run_waits_for_the_other_and_says_for_whom(folder, holder) -> None:
    pid, go_on = holder
    waited_for = []

    def on_wait(other: int | None) -> None:
        waited_for.append(other)
        go_on()

    written = folder.write(FILES, on_wait=on_wait)
    assert waited_for == [pid]
    assert written.value.created == ("base/a.yaml",)
    assert written.value.deleted == ("base/b.yaml",), "compared again after the other's run"
    assert folder.plan(FILES).value.clean


def test_a_run_that_waits_too_long_gives_up(folder, holder, codes) -> None:
    pid, _ = holder
    written = folder.write(FILES, lock_seconds=0)
    assert codes(written) == ["MK712"]
    assert str(pid) in written.diagnostics[0].message
    assert codes(recover(folder.root, lock_seconds=0)) == ["MK712"]
    assert "base" not in folder.tree()


def test_the_lock_of_a_killed_run_holds_nobody_up(folder, holder) -> None:
    pid, _ = holder
    os.kill(pid, signal.SIGKILL)

    def on_wait(other: int | None) -> None:
        raise AssertionError(f"waits for {other}")

    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert not folder.write(FILES, on_wait=on_wait).failed
    assert folder.plan(FILES).value.clean


def test_many_runs_at_once_end_with_one_of_their_trees(tmp_path: Path, snapshot) -> None:
    root = tmp_path / "out"
    trees = []
    for number in range(6):
        texts = {f"base/{i}": f"{number}.{i}" for i in range(number, number + 5)} | {f"images/{number}": "x"}
        trees.append([OutputFile(path, text.encode()) for path, text in texts.items()])
    children = []
    for files in trees:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                for _ in range(5):
                    planned = plan_changes(root, files)
                    if planned.failed or apply(root, planned.value).failed:
                        break
                else:
                    status = 0
            finally:
                os._exit(status)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 6
    assert sum(plan_changes(root, files).value.clean for files in trees) == 1
    assert not (root / STAGING).exists()
    assert len([p for p, text in snapshot(root).items() if text != "/"]) == 7, "six outputs and the manifest"
