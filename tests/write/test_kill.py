"""A run killed at any moment leaves, after recovery, the old tree or the new one.

Kills are real SIGKILLs of a forked child, at every step that touches the disk and at moments of
chance. Syncing is left out: a kill loses no page of the system's cache; `test_apply` holds the
order of the syncs.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mlkc.write.apply import apply, recover
from mlkc.write.change import plan_changes
from mlkc.write.disk import Hook
from mlkc.write.files import STAGING, KeepFile, OutputFile

# Pairs of kills are many: by default a sample; all of them (ten minutes) with this variable set.
STRIDE = 1 if os.environ.get("MLKC_KILL_EVERYWHERE") else 5
SECRET = "overlays/dev/secrets.env"  # noqa: S105  a path


@dataclass(frozen=True)
class Scene:
    """A run to be killed: what is there, and what the run wants."""

    old: dict[str, str] | None
    new: dict[str, str]


SCENES = {
    "first run": Scene(
        None, {"base/a": "a", "base/b": "b", "overlays/dev/k": "k", "images/server/D": "FROM x"}
    ),
    "change": Scene(
        {"base/a": "a" * 5000, "base/b": "b", "base/gone": "g", "overlays/dev/k": "k", "overlays/old/k": "k"},
        {"base/a": "A" * 6000, "base/b": "b", "base/new": "n", "overlays/dev/k": "K", "overlays/new/k": "k"},
    ),
    "file and folder trade places": Scene(
        {"base/x": "file", "base/y/deep/z": "in a folder", "base/y/w": "w", "overlays/dev/k": "k"},
        {"base/x/deep/z": "in a folder", "base/x/w": "w", "base/y": "file", "overlays/dev/k": "k"},
    ),
    "nothing but the manifest": Scene({"base/a": "a"}, {"base/a": "a"}),
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # noqa: ARG005


class Stage:
    """A scene on the disk that can be set again and again."""

    def __init__(self, base: Path, scene: Scene, snapshot: Callable[[Path], dict[str, str]]) -> None:
        self.root = base / "out"
        self.scene = scene
        self._settled = 0
        self.also: tuple[dict[str, str], ...] = ()
        self.snapshot = snapshot
        self._saved = base / "saved"
        self.root.mkdir()
        (self.root / "foreign").mkdir()
        (self.root / "foreign/file").write_text("not mlkc's")
        if scene.old is not None:
            self._apply(scene.old, keep=False)
        if scene.old == scene.new:
            (self.root / ".mlkc-manifest").unlink()
        shutil.copytree(self.root, self._saved)
        self.old = snapshot(self.root)
        self.run()
        self.new = snapshot(self.root)
        assert self.old != self.new
        self.reset()

    def reset(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self._saved, self.root)

    def run(self, hook: Hook | None = None) -> None:
        self._apply(self.scene.new, keep=True, hook=hook)

    def recover(self, hook: Hook | None = None) -> bool | None:
        return recover(self.root, hook=hook).value

    def check_files_are_whole(self) -> None:
        """What a reader can see between a kill and recovery: old and new files, none of them cut."""
        for path, text in self.snapshot(self.root).items():
            assert text in (self.old.get(path), self.new.get(path)), path

    def check_settled(self) -> str:
        """Recovers; the tree must be old or new, and the next run, tried now and then, must end at the new one."""
        self.recover()
        tree = self.snapshot(self.root)
        assert not (self.root / STAGING).exists()
        assert tree in (self.old, self.new, *self.also)
        self._settled += 1
        if self._settled % STRIDE == 0:
            self.run()
            assert self.snapshot(self.root) == self.new
        return "old" if tree == self.old else "new"

    def steps(self, call: Callable[[Hook], object]) -> int:
        """The number of steps that a call takes."""
        count = []
        call(lambda *step: count.append(step))
        return len(count)

    def _apply(self, files: dict[str, str], *, keep: bool, hook: Hook | None = None) -> None:
        wanted = [OutputFile(path, text.encode()) for path, text in files.items()]
        kept = [KeepFile(SECRET, lambda: b"password")] if keep else []
        planned = plan_changes(self.root, wanted, kept)
        assert not planned.failed
        apply(self.root, planned.value, hook=hook)


def kill_at(number: int) -> Hook:
    """A hook that kills the process by SIGKILL before its step of this number, from 0."""
    left = [number]

    def hook(step: str, path: str) -> None:  # noqa: ARG001
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    return hook


def fail_then_kill(first: int, second: int) -> Hook:
    """A hook by which one step fails, and the run is killed some steps after that."""
    passed = [0]

    def hook(step: str, path: str) -> None:  # noqa: ARG001
        number = passed[0]
        passed[0] += 1
        if number == first:
            raise OSError(5, "Input/output error")
        if number == first + 1 + second:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


@pytest.fixture(params=SCENES)
def stage(request: pytest.FixtureRequest, tmp_path: Path, snapshot) -> Iterator[Stage]:
    return Stage(tmp_path, SCENES[request.param], snapshot)


def test_killed_before_any_step(stage: Stage, in_child) -> None:
    steps = stage.steps(stage.run)
    ends = []
    for number in range(steps):
        stage.reset()
        assert in_child(lambda: stage.run(kill_at(number))) == signal.SIGKILL  # noqa: B023
        stage.check_files_are_whole()
        ends.append(stage.check_settled())
    assert ends == sorted(ends, reverse=True), "old up to one point, new from there on"
    assert set(ends) == {"old", "new"}


def test_killed_again_at_every_step_of_recovery(stage: Stage, in_child) -> None:
    for number in range(0, stage.steps(stage.run), STRIDE):
        stage.reset()
        in_child(lambda: stage.run(kill_at(number)))  # noqa: B023
        for again in range(0, 1000, STRIDE):
            if in_child(lambda: stage.recover(kill_at(again))) == 0:  # noqa: B023
                break
            stage.check_files_are_whole()
        stage.check_settled()


def test_killed_while_it_takes_back_what_failed(stage: Stage, in_child) -> None:
    # A secret that stood for a moment may be in use: it stays when the rest is taken back.
    stage.also = (stage.old | {SECRET: "password", "overlays": "/", "overlays/dev": "/"},)
    for first in range(0, stage.steps(stage.run), STRIDE):
        for second in range(first % STRIDE, 1000, STRIDE):
            stage.reset()
            if in_child(lambda: stage.run(fail_then_kill(first, second))) == 0:  # noqa: B023
                break
            stage.check_files_are_whole()
            stage.check_settled()


def test_killed_at_moments_of_chance(tmp_path: Path, snapshot) -> None:
    stage = Stage(tmp_path, SCENES["change"], snapshot)
    started = time.perf_counter()
    stage.run()
    longest = 2 * (time.perf_counter() - started)
    chance = random.Random(7)  # noqa: S311  moments, not secrets
    ends: set[str] = set()
    tries = 0
    while tries < 200 or len(ends) == 1:
        assert tries < 1000, f"a run that is killed within {longest} s always ends as {ends}"
        if tries and tries % 40 == 0 and len(ends) == 1:
            # The machine is busier than it was, or less.
            longest *= 2 if "old" in ends else 0.5
        tries += 1
        stage.reset()
        pid = os.fork()
        if pid == 0:
            try:
                stage.run()
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        stage.check_files_are_whole()
        ends.add(stage.check_settled())
    assert ends == {"old", "new"}


@pytest.mark.parametrize("scene", ["first run", "change"])
def test_a_plan_after_a_kill_sees_no_edits_and_says_what_happened(
    tmp_path: Path, snapshot, in_child, scene: str
) -> None:
    stage = Stage(tmp_path, SCENES[scene], snapshot)
    for number in range(stage.steps(stage.run)):
        stage.reset()
        in_child(lambda: stage.run(kill_at(number)))  # noqa: B023
        before = stage.snapshot(stage.root)
        third = [OutputFile(path, b"third") for path in stage.scene.new]
        planned = plan_changes(stage.root, third)
        assert not planned.failed
        pending = (stage.root / STAGING / "journal").exists()
        assert [d.code for d in planned.diagnostics] == ["MK713"] * pending
        assert not planned.value.clean
        assert stage.snapshot(stage.root) == before


def test_what_a_person_changed_after_the_kill_stays(tmp_path: Path, snapshot, in_child) -> None:
    stage = Stage(tmp_path, SCENES["change"], snapshot)
    for number in range(0, stage.steps(stage.run), STRIDE):
        for path in ("base/a", "base/gone", "overlays/new/k", ".mlkc-manifest"):
            stage.reset()
            in_child(lambda: stage.run(kill_at(number)))  # noqa: B023
            if not (stage.root / path).parent.exists():
                continue
            (stage.root / path).write_text("# by hand\n")
            stage.recover()
            assert (stage.root / path).read_text() == "# by hand\n"
            assert not (stage.root / STAGING).exists()


def test_a_manifest_restored_after_the_kill_makes_no_edits_of_new_files(
    tmp_path: Path, snapshot, in_child
) -> None:
    stage = Stage(tmp_path, SCENES["change"], snapshot)
    third = [OutputFile(path, b"third") for path in stage.scene.new]
    for number in range(0, stage.steps(stage.run), STRIDE):
        stage.reset()
        in_child(lambda: stage.run(kill_at(number)))  # noqa: B023
        if (stage.root / STAGING / "journal").exists():
            manifest = stage.root / ".mlkc-manifest"
            manifest.write_text("# of another branch\n" + manifest.read_text())
            assert not apply(stage.root, plan_changes(stage.root, third).value).failed
            assert plan_changes(stage.root, third).value.clean


def test_a_password_that_was_made_survives_a_failed_run(tmp_path: Path, snapshot) -> None:
    """The tree is taken back, but a secret that stood for a moment may be in a cluster by now."""
    stage = Stage(tmp_path, SCENES["first run"], snapshot)

    def hook(step: str, path: str) -> None:
        if step == "link" and path == ".mlkc-manifest":
            raise OSError(28, "No space left on device")

    stage.run(hook)
    assert stage.snapshot(stage.root) == stage.old | {
        SECRET: "password",
        "overlays": "/",
        "overlays/dev": "/",
    }


def test_the_staging_folder_of_a_killed_run_is_ignored_by_git(tmp_path: Path, snapshot, in_child) -> None:
    stage = Stage(tmp_path, SCENES["change"], snapshot)
    in_child(lambda: stage.run(kill_at(20)))
    assert (stage.root / STAGING / ".gitignore").read_text() == "*\n"
