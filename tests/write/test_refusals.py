"""A step that the system refuses: a diagnostic, and the old tree with the very same files."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.write.apply import apply, recover
from mlkc.write.change import plan_changes
from mlkc.write.files import MANIFEST, STAGING, KeepFile, OutputFile

OLD = {"base/a.yaml": "a", "base/gone.yaml": "g", "overlays/old/k.yaml": "k", "images/x": "file"}
NEW = {"base/a.yaml": "A", "base/new.yaml": "n", "overlays/prod/k.yaml": "k", "images/x/y": "in a folder"}
KEEP = [KeepFile("overlays/prod/secrets.env", lambda: b"p")]
CODES = {
    errno.ENOSPC: "MK711",
    errno.EDQUOT: "MK711",
    errno.EACCES: "MK710",
    errno.EROFS: "MK710",
    errno.EIO: "MK715",
}
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a file system")


def refuse(number: int, error: int) -> tuple[list[tuple[str, str]], object]:
    """A hook that refuses one step, by its number from 0, and the list of steps that it has seen."""
    seen: list[tuple[str, str]] = []

    def hook(step: str, path: str) -> None:
        seen.append((step, path))
        if len(seen) == number + 1:
            raise OSError(error, os.strerror(error))

    return seen, hook


@pytest.mark.parametrize("error", CODES, ids=errno.errorcode.get)
def test_a_refused_step_changes_nothing(tmp_path: Path, snapshot, error: int) -> None:
    root = tmp_path / "out"
    old = [OutputFile(path, text.encode()) for path, text in OLD.items()]
    new = [OutputFile(path, text.encode()) for path, text in NEW.items()]
    apply(root, plan_changes(root, old).value)
    before = snapshot(root)
    inodes = {path: (root / path).stat().st_ino for path in OLD}
    for number in range(1000):
        seen, hook = refuse(number, error)
        written = apply(root, plan_changes(root, new, KEEP).value, hook=hook)
        if len(seen) <= number:
            break
        if not written.failed:  # a refusal while it clears the staging folder is no failure
            assert recover(root).value is False
            apply(root, plan_changes(root, old).value)
            (root / KEEP[0].path).unlink()
            inodes = {path: (root / path).stat().st_ino for path in OLD}
            continue
        assert [d.code for d in written.diagnostics] == [CODES[error]], seen[-1]
        assert "nothing was changed" in written.diagnostics[0].message
        secret = root / KEEP[0].path
        if secret.exists():  # a secret that stood for a moment may be in use
            secret.unlink()
            secret.parent.rmdir()
        assert snapshot(root) == before, seen[number]
        assert {path: (root / path).stat().st_ino for path in OLD} == inodes
        assert not (root / STAGING).exists()
    assert number > 50


def test_a_folder_that_can_be_neither_finished_nor_taken_back_says_so_and_heals(folder, codes) -> None:
    folder.write(OLD)
    broken = [False]

    def hook(step: str, path: str) -> None:
        if (step, path) == ("rename", "base/a.yaml"):
            broken[0] = True
        if broken[0] and not path.startswith(STAGING):
            raise OSError(errno.EIO, "Input/output error")

    written = folder.write(NEW, hook=hook)
    assert codes(written) == ["MK716"]
    assert "nothing is lost" in written.diagnostics[0].notes[-1]
    assert codes(recover(folder.root, hook=hook)) == ["MK716"]
    assert recover(folder.root).value is True
    assert folder.write(NEW).value.changed
    assert folder.plan(NEW).value.clean


STRANGE = ["README.md", "specs/mlflow.yaml", ".github/evil.yml", "base/../README.md", "/etc/passwd"]


@pytest.mark.parametrize("path", STRANGE)
def test_a_manifest_can_name_no_file_beside_the_outputs(folder, codes, path: str) -> None:
    folder.write(OLD)
    for strange in ("README.md", "specs/mlflow.yaml"):
        (folder.root / strange).parent.mkdir(exist_ok=True)
        (folder.root / strange).write_text("mine")
    with (folder.root / MANIFEST).open("a") as manifest:
        manifest.write(f"{hashlib.sha256(b'mine').hexdigest()}  {path}\n")
    before = folder.tree()
    assert codes(folder.plan(NEW)) == ["MK708"]
    assert folder.tree() == before


@pytest.mark.parametrize("path", STRANGE)
@pytest.mark.parametrize("do", ["put", "keep", "drop", "mkdir", "rmdir"])
def test_a_journal_can_touch_no_file_beside_the_outputs(folder, codes, do: str, path: str) -> None:
    folder.write(OLD)
    (folder.root / STAGING).mkdir()
    (folder.root / STAGING / "new-0").write_text("evil")
    (folder.root / "README.md").write_text("mine")
    step = {"do": do, "path": path, "new": "new-0", "old": "old-0"}
    (folder.root / STAGING / "journal").write_text(f'{{"format": 1}}\n{json.dumps(step)}\n')
    before = folder.tree()
    assert codes(recover(folder.root)) == ["MK716"]
    assert folder.tree() == before


def test_a_journal_of_brackets_is_damaged_and_no_more(folder, codes) -> None:
    folder.write(OLD)
    (folder.root / STAGING).mkdir()
    (folder.root / STAGING / "journal").write_text('{"format": 1}\n' + "[" * 100_000 + "\n")
    assert codes(recover(folder.root)) == ["MK716"]


def test_an_interrupt_from_the_keyboard_takes_everything_back(folder) -> None:
    folder.write(OLD)
    before = folder.tree()

    def hook(step: str, path: str) -> None:
        if (step, path) == ("rename", "base/a.yaml"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.write(NEW, hook=hook)
    assert folder.tree() == before
    assert not (folder.root / STAGING).exists()


def test_a_file_saved_by_a_person_during_the_run_is_not_lost(folder, codes) -> None:
    folder.write(OLD)
    before = folder.tree()

    def hook(step: str, path: str) -> None:
        if (step, path) == ("link", "base/new.yaml"):
            editor = folder.put("base/a.yaml.tmp", "saved by hand")
            editor.replace(folder.root / "base/a.yaml")

    written = folder.write(NEW, hook=hook)
    assert codes(written) == ["MK717"]
    assert folder.tree() == before | {"base/a.yaml": "saved by hand"}


def test_a_file_that_appears_during_the_run_is_not_lost(folder, codes) -> None:
    folder.write(OLD)
    before = folder.tree()

    def hook(step: str, path: str) -> None:
        if (step, path) == ("link", "base/new.yaml"):
            folder.put("base/new.yaml", "a person's")

    assert codes(folder.write(NEW, hook=hook)) == ["MK717"]
    assert folder.tree() == before | {"base/new.yaml": "a person's"}


def test_a_file_system_without_hard_links_will_do(folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    folder.write(OLD)
    before = folder.tree()
    for step in (("rename", "base/a.yaml"), ("unlink", "base/gone.yaml"), ("rename", ".mlkc-manifest")):

        def hook(*taken: str, step: tuple[str, str] = step) -> None:
            if taken == step:
                raise OSError(errno.EIO, "Input/output error")

        assert folder.write(NEW, hook=hook).failed
        assert folder.tree() == before
    assert not folder.write(NEW, KEEP).failed
    assert folder.plan(NEW, KEEP).value.clean
    assert (folder.root / KEEP[0].path).stat().st_mode & 0o777 == 0o600


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    root = tmp_path / "images/disk"
    root.mkdir(parents=True)
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(root)], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("can't mount a file system here")
    yield root
    subprocess.run(["umount", "--lazy", str(root)], check=True)


@as_root
@pytest.mark.parametrize("free_kib", range(0, 48, 4))
def test_a_really_full_disk(disk: Path, snapshot, free_kib: int) -> None:
    old = [OutputFile(f"base/{i}", b"o" * 4096) for i in range(8)]
    new = [OutputFile(f"base/{i}", b"n" * 4096) for i in range(4, 12)]
    apply(disk, plan_changes(disk, old).value)
    free = os.statvfs(disk)
    (disk / "filler").write_bytes(b"f" * (free.f_bavail * free.f_frsize - free_kib * 1024))
    before = snapshot(disk)
    written = apply(disk, plan_changes(disk, new).value)
    assert [d.code for d in written.diagnostics] == ["MK711"]
    assert snapshot(disk) == before
    assert not (disk / STAGING).exists()
    (disk / "filler").unlink()
    assert not apply(disk, plan_changes(disk, new).value).failed
    assert plan_changes(disk, new).value.clean


@as_root
def test_a_disk_mounted_read_only(disk: Path, snapshot) -> None:
    apply(disk, plan_changes(disk, [OutputFile("base/a", b"a")]).value)
    before = snapshot(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert plan_changes(disk, [OutputFile("base/a", b"a")]).value.clean
    written = apply(disk, plan_changes(disk, [OutputFile("base/a", b"A")]).value)
    assert [d.code for d in written.diagnostics] == ["MK710"]
    assert snapshot(disk) == before


@as_root
def test_a_folder_on_another_file_system(tmp_path: Path, disk: Path, snapshot) -> None:
    root = disk.parents[1]
    old = [OutputFile("base/a", b"a"), OutputFile("images/disk/b", b"b")]
    written = apply(root, plan_changes(root, old).value)
    assert [d.code for d in written.diagnostics] == ["MK715"]
    assert "one file system" in written.diagnostics[0].help
    assert snapshot(tmp_path) == {"images": "/", "images/disk": "/"}


@pytest.mark.parametrize("closed", ["", "base", "overlays", "overlays/old"])
def test_a_folder_that_the_user_may_not_write_to(tmp_path: Path, snapshot, in_child, closed: str) -> None:
    """Run by someone without rights; the folders written to before the closed one are taken back."""
    root = tmp_path / "out"
    old = [OutputFile(path, text.encode()) for path, text in OLD.items()]
    new = [OutputFile(path, text.encode()) for path, text in NEW.items()]
    apply(root, plan_changes(root, old).value)
    before = snapshot(root)
    for path in (tmp_path, root, *root.rglob("*")):
        os.chown(path, 65534, 65534) if os.geteuid() == 0 else None
    (root / closed).chmod(0o555)
    # pytest's own folders above are closed to others: the child must start from inside.
    here = Path.cwd()
    os.chdir(tmp_path)

    def run() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        out = Path("out")
        assert [d.code for d in apply(out, plan_changes(out, new, KEEP).value).diagnostics] == ["MK710"]

    try:
        assert in_child(run) == 0
    finally:
        os.chdir(here)
        (root / closed).chmod(0o755)
    assert snapshot(root) == before
    assert not (root / STAGING).exists()
