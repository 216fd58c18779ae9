"""What stands in the way: links, folders, files, pipes. Nothing is followed, nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlkc.write.apply import apply, recover
from mlkc.write.change import plan_changes
from mlkc.write.files import STAGING, KeepFile, OutputFile
from mlkc.write.tree import Tree

FILES = {"base/a.yaml": "a", "overlays/prod/c.yaml": "c"}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside the output folder that nothing may ever change."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "c.yaml").write_text("precious")
    (outside / "prod").mkdir()
    return outside


@pytest.mark.parametrize("place", ["base", "overlays", "overlays/prod"])
@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_is_a_link_is_not_followed(
    folder, outside, codes, snapshot, place: str, force: bool
) -> None:
    link = folder.root / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    before = snapshot(outside)
    written = folder.write(FILES, [KeepFile("overlays/prod/secrets.env", lambda: b"p")], force=force)
    assert codes(written) == ["MK706"]
    assert place in written.diagnostics[0].message
    assert snapshot(outside) == before
    assert link.is_symlink()
    assert ".mlkc-manifest" not in folder.tree()


def test_a_link_that_stays_inside_is_not_followed_either(folder, codes) -> None:
    folder.put("elsewhere/x", "x")
    (folder.root / "base").symlink_to("elsewhere")
    assert codes(folder.write(FILES)) == ["MK706"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_a_link_is_neither_followed_nor_replaced(folder, outside, codes, force: bool) -> None:
    folder.write(FILES)
    file = folder.root / "overlays/prod/c.yaml"
    file.unlink()
    file.symlink_to(outside / "c.yaml")
    assert codes(folder.write({**FILES, "overlays/prod/c.yaml": "C"}, force=force)) == ["MK706"]
    assert (outside / "c.yaml").read_text() == "precious"
    assert file.is_symlink()


def test_a_leftover_that_became_a_link_is_left_alone(folder, outside) -> None:
    folder.write(FILES)
    (folder.root / "overlays/prod/c.yaml").unlink()
    (folder.root / "overlays/prod").rmdir()
    (folder.root / "overlays/prod").symlink_to(outside)
    assert not folder.write({"base/a.yaml": "a"}).failed
    assert (outside / "c.yaml").read_text() == "precious"
    assert (folder.root / "overlays/prod").is_symlink()


@pytest.mark.parametrize("name", [".mlkc-staging", ".mlkc-manifest"])
def test_a_link_in_place_of_mlkcs_own_files_is_not_followed(
    folder, outside, codes, snapshot, name: str
) -> None:
    before = snapshot(outside)
    (folder.root / name).symlink_to(outside if name == STAGING else outside / "c.yaml")
    assert codes(folder.write(FILES)) == ["MK706"]
    assert snapshot(outside) == before
    assert recover(folder.root).failed is (name == STAGING)


def test_a_folder_that_becomes_a_link_after_the_plan_is_not_followed(folder, outside, snapshot) -> None:
    folder.write(FILES)
    before = snapshot(outside)

    def hook(step: str, path: str) -> None:
        if (step, path) == ("rename", f"{STAGING}/journal"):
            (folder.root / "overlays/prod").rename(folder.root / "moved")
            (folder.root / "overlays/prod").symlink_to(outside)

    folder.write({**FILES, "overlays/prod/c.yaml": "C", "overlays/prod/new": "n"}, hook=hook)
    assert snapshot(outside) == before


def test_a_file_that_becomes_a_link_before_it_is_opened_is_not_read(folder, outside) -> None:
    folder.put("base/b", "b")
    (folder.root / "base/a").symlink_to(outside / "c.yaml")
    with Tree.open(folder.root) as tree, pytest.raises(OSError, match="symbolic links"):
        tree.read("base/a")


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path, outside) -> None:
    (tmp_path / "link").symlink_to(outside)
    root = tmp_path / "link"
    assert not apply(root, plan_changes(root, [OutputFile("base/a", b"a")]).value).failed
    assert (outside / "base/a").read_text() == "a"


@pytest.mark.parametrize("force", [False, True])
def test_a_file_where_a_folder_goes(folder, codes, force: bool) -> None:
    folder.put("overlays", "a person's file")
    written = folder.write({**FILES, "overlays/dev/c.yaml": "c"}, force=force)
    assert codes(written) == ["MK705"], "once, however many outputs it blocks"
    assert folder.tree() == {"overlays": "a person's file"}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("content", [None, "a person's file"])
def test_a_folder_where_a_file_goes(folder, codes, force: bool, content: str | None) -> None:
    (folder.root / "base/a.yaml").mkdir(parents=True)
    if content is not None:
        folder.put("base/a.yaml/note", content)
    before = folder.tree()
    assert codes(folder.write(FILES, force=force)) == ["MK704"]
    assert folder.tree() == before


def test_a_folder_where_a_file_made_once_goes(folder, codes) -> None:
    (folder.root / "base/secrets.env").mkdir(parents=True)
    assert codes(folder.write(FILES, [KeepFile("base/secrets.env", bytes)])) == ["MK704"]


def test_a_pipe_where_a_file_goes_does_not_hang(folder, codes) -> None:
    folder.put("base/other", "o")
    os.mkfifo(folder.root / "base/a.yaml")
    assert codes(folder.write(FILES, force=True)) == ["MK704"]


def test_an_output_folder_that_is_a_file(tmp_path: Path, codes) -> None:
    (tmp_path / "file").write_text("f")
    planned = plan_changes(tmp_path / "file", [OutputFile("base/a", b"a")])
    assert codes(planned) == ["MK705"]
    assert planned.value is None
    changes = plan_changes(tmp_path / "absent", [OutputFile("base/a", b"a")]).value
    assert codes(apply(tmp_path / "file", changes)) == ["MK705"]
    assert codes(apply(tmp_path / "file/below", changes)) == ["MK705"]


@pytest.mark.parametrize("there", [{}, FILES])
def test_a_name_that_is_too_long_for_the_disk(folder, codes, there: dict[str, str]) -> None:
    folder.write(there)
    before = folder.tree()
    assert codes(folder.write({"base/" + "n" * 300: "x", **FILES})) == ["MK709"]
    assert folder.tree() == before


def test_a_disk_that_ignores_case(folder, codes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is played: it finds a name in any case, and lists it as it was made."""
    folder.put("Base/A.yaml", "a")
    folder.put("overlays/prod/C.yaml", "c")
    for call in ("open", "stat"):
        monkeypatch.setattr(os, call, _ignoring_case(getattr(os, call)))
    planned = folder.plan({"base/a.yaml": "a", "base/b.yaml": "b", "overlays/prod/c.yaml": "c"}, force=True)
    assert codes(planned) == ["MK707", "MK707", "MK707"]
    assert planned.value.blocked == ("base/a.yaml", "base/b.yaml", "overlays/prod/c.yaml")
    assert "Base" in planned.diagnostics[0].message
    assert "overlays/prod/C.yaml" in planned.diagnostics[2].message


def _ignoring_case(call):
    def found(name, *args, dir_fd=None, **options):
        if dir_fd is not None:
            name = next((n for n in os.listdir(dir_fd) if n.lower() == name.lower()), name)  # noqa: PTH208
        return call(name, *args, dir_fd=dir_fd, **options)

    return found
