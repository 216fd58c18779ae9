"""A folder to write to, and ways to look at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from mlkc.diag.outcome import Outcome
from mlkc.write.apply import Written, apply
from mlkc.write.change import ChangeSet, plan_changes
from mlkc.write.files import STAGING, KeepFile, OutputFile


@dataclass
class Folder:
    """An output folder; `write` plans and applies as a compile does."""

    root: Path

    def plan(
        self, files: dict[str, str], keep: Sequence[KeepFile] = (), **options: bool
    ) -> Outcome[ChangeSet]:
        return plan_changes(self.root, outputs(files), keep, **options)

    def write(
        self, files: dict[str, str], keep: Sequence[KeepFile] = (), *, force: bool = False, **options: object
    ) -> Outcome[Written]:
        planned = self.plan(files, keep, force=force)
        if planned.failed:
            return Outcome(None, planned.diagnostics)
        return apply(self.root, planned.value, **options)

    def put(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def text(self, path: str) -> str:
        return (self.root / path).read_text()

    def tree(self) -> dict[str, str]:
        """Everything in the folder by path, but for the staging folder; a folder has `/` as content."""
        return snapshot(self.root)

    def stamps(self) -> dict[str, tuple[int, ...]]:
        """What changes with any write at all: inode and times of every file and folder."""
        paths = [self.root, *sorted(self.root.rglob("*"))]
        stats = ((path, path.lstat()) for path in paths)
        return {str(p): (s.st_ino, s.st_mtime_ns, s.st_ctime_ns, s.st_mode) for p, s in stats}


def outputs(files: dict[str, str]) -> list[OutputFile]:
    return [OutputFile(path, text.encode()) for path, text in files.items()]


def snapshot(root: Path) -> dict[str, str]:
    found = {}
    for folder, folders, names in os.walk(root):
        if STAGING in folders:
            folders.remove(STAGING)
        for name in folders:
            found[str((Path(folder) / name).relative_to(root))] = "/"
        for name in names:
            path = Path(folder) / name
            found[str(path.relative_to(root))] = (
                f"-> {path.readlink()}" if path.is_symlink() else path.read_text()
            )
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "out"
    root.mkdir()
    return Folder(root)


@pytest.fixture
def in_child() -> Callable[[Callable[[], object]], int]:
    """Runs a call in a forked child; gives the signal that killed it, or its exit status negated."""

    def run(call: Callable[[], object]) -> int:
        pid = os.fork()
        if pid == 0:
            status = 70
            try:
                call()
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(pid, 0)
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)

    return run


def codes(outcome: Outcome[object]) -> list[str]:
    return [diagnostic.code for diagnostic in outcome.diagnostics]


@pytest.fixture(name="codes")
def codes_fixture() -> Callable[[Outcome[object]], list[str]]:
    return codes


@pytest.fixture(name="snapshot")
def snapshot_fixture() -> Callable[[Path], dict[str, str]]:
    return snapshot
