"""What `apply` does to a folder when nothing goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from mlkc.write.apply import apply
from mlkc.write.change import plan_changes
from mlkc.write.files import KeepFile, OutputFile

FILES = {"base/a.yaml": "a", "base/b.yaml": "b", "overlays/prod/c.yaml": "c"}


def test_a_new_folder_holds_the_outputs_and_the_manifest_and_nothing_else(folder) -> None:
    folder.root.rmdir()
    written = folder.write(FILES).value
    assert written.created == tuple(FILES)
    tree = folder.tree()
    manifest = tree.pop(".mlkc-manifest")
    assert tree == FILES | {"base": "/", "overlays": "/", "overlays/prod": "/"}
    assert [line.split("  ")[1] for line in manifest.splitlines()[1:]] == sorted(FILES)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_anyone_can_check_the_tree_without_mlkc(folder) -> None:
    folder.write(FILES)
    check = ["sha256sum", "--check", "--strict", "--quiet", ".mlkc-manifest"]
    assert subprocess.run(check, cwd=folder.root, check=False).returncode == 0
    folder.put("base/a.yaml", "edited")
    assert subprocess.run(check, cwd=folder.root, check=False, capture_output=True).returncode == 1


def test_the_second_run_writes_nothing_at_all(folder) -> None:
    keep = [KeepFile("overlays/prod/secrets.env", lambda: b"p")]
    folder.write(FILES, keep)
    before = folder.stamps()
    steps = []
    written = folder.write(FILES, keep, hook=lambda *step: steps.append(step)).value
    assert steps == []
    assert folder.stamps() == before
    assert not written.changed
    assert written.unchanged == 3


def test_what_does_not_change_is_not_written(folder) -> None:
    folder.write(FILES)
    before = folder.stamps()
    written = folder.write(FILES | {"base/a.yaml": "A"}).value
    assert (written.created, written.updated, written.deleted) == ((), ("base/a.yaml",), ())
    after = folder.stamps()
    for path in ("base/b.yaml", "overlays", "overlays/prod", "overlays/prod/c.yaml"):
        assert after[str(folder.root / path)] == before[str(folder.root / path)]


def test_the_manifest_does_not_depend_on_the_way_there(folder, tmp_path: Path) -> None:
    folder.write({"base/x": "1", "base/y/z": "2"})
    folder.write(dict(reversed(FILES.items())))
    plan = plan_changes(tmp_path / "other", [OutputFile(p, t.encode()) for p, t in FILES.items()])
    apply(tmp_path / "other", plan.value)
    assert (tmp_path / "other/.mlkc-manifest").read_bytes() == (folder.root / ".mlkc-manifest").read_bytes()


def test_leftovers_go_with_their_folders_and_strangers_stay(folder) -> None:
    folder.write({"base/old/deep/er/a": "a", "base/mixed/b": "b", "base/c": "c"})
    folder.put("base/mixed/stranger", "s")
    folder.put("base/foreign/file", "f")
    assert folder.write({"base/c": "c"}).value.deleted == ("base/mixed/b", "base/old/deep/er/a")
    tree = folder.tree()
    del tree[".mlkc-manifest"]
    assert tree == {
        "base": "/",
        "base/mixed": "/",
        "base/mixed/stranger": "s",
        "base/foreign": "/",
        "base/foreign/file": "f",
        "base/c": "c",
    }


def test_an_adopted_file_is_owned_afterwards(folder) -> None:
    file = folder.put("base/a.yaml", "a")
    before = file.stat()
    folder.write(FILES)
    assert file.stat() == before
    folder.write({"base/b.yaml": "b"})
    assert not file.exists()


def test_an_edited_file_is_neither_overwritten_nor_deleted_and_nothing_else_is_written(folder) -> None:
    folder.write(FILES)
    folder.put("base/a.yaml", "edited")
    before = folder.stamps()
    assert folder.write(FILES | {"base/a.yaml": "A", "base/new": "n"}).failed
    assert folder.write({"base/new": "n"}).failed
    assert folder.stamps() == before


def test_force_overwrites_and_deletes(folder) -> None:
    folder.write(FILES)
    folder.put("base/a.yaml", "edited")
    folder.put("base/b.yaml", "edited")
    assert not folder.write({"base/a.yaml": "A"}, force=True).failed
    assert folder.text("base/a.yaml") == "A"
    assert not (folder.root / "base/b.yaml").exists()


def test_an_edit_between_plan_and_apply_is_found_under_the_lock(folder, codes) -> None:
    folder.write(FILES)
    planned = folder.plan(FILES | {"base/a.yaml": "A", "base/b.yaml": "B"})
    folder.put("base/b.yaml", "edited")
    written = apply(folder.root, planned.value)
    assert codes(written) == ["MK701"]
    assert folder.text("base/a.yaml") == "a"
    assert folder.text("base/b.yaml") == "edited"


def test_a_folder_takes_the_place_of_an_owned_file_and_back(folder) -> None:
    folder.write({"base/x": "file", "base/keep": "k"})
    assert not folder.write({"base/x/y/z": "deep", "base/x/w": "w", "base/keep": "k"}).failed
    assert folder.text("base/x/y/z") == "deep"
    assert not folder.write({"base/x": "file", "base/keep": "k"}).failed
    assert folder.text("base/x") == "file"


def test_a_file_made_once_is_made_once_with_its_mode(folder) -> None:
    calls = []

    def make() -> bytes:
        calls.append(1)
        return b"random"

    keep = [KeepFile("overlays/prod/secrets.env", make)]
    assert folder.write(FILES, keep).value.made == ("overlays/prod/secrets.env",)
    secret = folder.root / "overlays/prod/secrets.env"
    assert secret.stat().st_mode & 0o7777 == 0o600
    assert "secrets" not in folder.text(".mlkc-manifest")
    secret.write_text("the user's own")
    assert not folder.write(FILES | {"base/a.yaml": "A"}, keep, force=True).failed
    assert not folder.write({"base/a.yaml": "A"}, force=True).failed
    assert secret.read_text() == "the user's own"
    assert calls == [1]


def test_a_bug_in_the_maker_of_a_file_changes_nothing(folder) -> None:
    def make() -> bytes:
        raise ZeroDivisionError

    folder.write(FILES)
    before = folder.tree()
    with pytest.raises(ZeroDivisionError):
        folder.write({"base/a.yaml": "A"}, [KeepFile("base/secrets.env", make)])
    assert folder.tree() == before
    assert not (folder.root / ".mlkc-staging").exists()


def test_the_secret_of_a_removed_environment_stays(folder) -> None:
    folder.write(FILES, [KeepFile("overlays/prod/secrets.env", lambda: b"p")])
    assert not folder.write({"base/a.yaml": "a"}, force=True).failed
    assert folder.text("overlays/prod/secrets.env") == "p"


def test_a_file_once_generated_and_now_made_once_is_the_users(folder) -> None:
    folder.write(FILES)
    folder.write({"base/a.yaml": "a", "base/b.yaml": "b"}, [KeepFile("overlays/prod/c.yaml", bytes)])
    assert folder.text("overlays/prod/c.yaml") == "c"
    assert "c.yaml" not in folder.text(".mlkc-manifest")


def test_modes_do_not_depend_on_the_umask(folder) -> None:
    before = os.umask(0o077)
    try:
        files = [OutputFile("base/plain", b"p"), OutputFile("base/run.sh", b"r", 0o755)]
        apply(folder.root, plan_changes(folder.root, files).value)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o7777 for path in folder.root.rglob("*") if path.is_file()}
    assert modes == {"plain": 0o644, "run.sh": 0o755, ".mlkc-manifest": 0o644}


def test_what_is_synced_before_what(folder) -> None:
    """Contents, then the journal, then the steps, then their folders; only then is the journal gone."""
    folder.write(FILES)
    steps: list[tuple[str, str]] = []
    folder.write(
        {"base/a.yaml": "A", "base/b.yaml": "b", "base/new/n": "n"}, hook=lambda *step: steps.append(step)
    )
    committed = steps.index(("rename", ".mlkc-staging/journal"))
    ended = steps.index(("unlink", ".mlkc-staging/journal"))
    written = [path for step, path in steps if step == "create" and not path.endswith(".gitignore")]
    assert len(written) == 4, "two outputs, the manifest and the journal"
    for path in written:
        assert (
            committed
            > steps.index(("sync", path))
            > max(i for i, s in enumerate(steps) if s == ("write", path))
        )
    assert all(path.startswith(".mlkc-staging") for _, path in steps[:committed])
    assert steps[committed + 1] == ("sync", ".mlkc-staging")
    changed = {p.rpartition("/")[0] for s, p in steps[committed + 2 : ended] if s != "sync"}
    synced = {p for s, p in steps[committed + 2 : ended] if s == "sync"}
    assert changed - synced == {"overlays", "overlays/prod"}, "folders that are gone"
    assert synced == {"", "base", "base/new"}
    assert all(path.startswith(".mlkc-staging") for _, path in steps[ended:])
