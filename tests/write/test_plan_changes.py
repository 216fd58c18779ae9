"""What `plan_changes` says about a folder, and that it only looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlkc.write import change
from mlkc.write.change import plan_changes
from mlkc.write.files import STAGING, KeepFile, OutputFile
from mlkc.write.tree import Tree

FILES = {"base/a.yaml": "a", "base/b.yaml": "b", "overlays/prod/c.yaml": "c"}
SUM_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
SUM_B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"


def never() -> bytes:
    raise AssertionError("a plan makes no file")


def test_a_missing_folder_is_all_creations_and_stays_missing(tmp_path: Path) -> None:
    planned = plan_changes(tmp_path / "new", [OutputFile("base/a", b"a")], [KeepFile("base/k", never)])
    assert planned.value.create == ("base/a",)
    assert planned.value.make == ("base/k",)
    assert planned.diagnostics == ()
    assert not (tmp_path / "new").exists()


def test_planning_leaves_no_trace(folder) -> None:
    folder.write(FILES)
    folder.put("base/a.yaml", "edited")
    before = folder.stamps()
    folder.plan({"base/b.yaml": "other", "base/new/x": "x"}, [KeepFile("base/k", never)], force=True)
    assert folder.stamps() == before


def test_each_output_is_in_exactly_one_list(folder) -> None:
    folder.write(FILES | {"base/gone.yaml": "g", "base/mine.yaml": "m"})
    folder.put("base/mine.yaml", "edited")
    folder.put("base/foreign.yaml", "f")
    folder.put("base/stranger.yaml", "s")
    planned = folder.plan(
        {"base/a.yaml": "a", "base/b.yaml": "B", "overlays/prod/c.yaml": "c", "base/new.yaml": "n"}
        | {"base/mine.yaml": "M", "base/foreign.yaml": "F"}
    )
    changes = planned.value
    assert changes.create == ("base/new.yaml",)
    assert changes.update == ("base/b.yaml",)
    assert changes.delete == ("base/gone.yaml",)
    assert changes.unchanged == ("base/a.yaml", "overlays/prod/c.yaml")
    assert changes.edited == ("base/mine.yaml",)
    assert changes.foreign == ("base/foreign.yaml",)
    assert changes.strangers == ("base/stranger.yaml",)
    assert not changes.clean


def test_a_written_folder_is_clean_and_strangers_and_secrets_do_not_matter(folder) -> None:
    folder.write(FILES)
    folder.put("base/stranger.yaml", "s")
    changes = folder.plan(FILES, [KeepFile("base/secrets.env", never)]).value
    assert changes.clean
    assert changes.make == ("base/secrets.env",)


def test_each_edit_is_an_error_that_names_the_file_and_the_way_out(folder, codes) -> None:
    folder.write(FILES)
    for path in FILES:
        folder.put(path, "edited")
    planned = folder.plan({"base/a.yaml": "A", "base/b.yaml": "B"})
    assert sorted(codes(planned)) == ["MK701", "MK701", "MK703"]
    for diagnostic, path in zip(
        planned.diagnostics, ["overlays/prod/c.yaml", "base/a.yaml", "base/b.yaml"], strict=True
    ):
        assert path in diagnostic.message
        assert diagnostic.primary.place.file == path
        assert "--force" in diagnostic.help


def test_a_strange_file_is_a_conflict_unless_it_is_what_would_be_written(folder, codes) -> None:
    folder.put("base/a.yaml", "a")
    folder.put("base/b.yaml", "not b")
    planned = folder.plan(FILES)
    assert codes(planned) == ["MK702"]
    assert planned.value.unchanged == ("base/a.yaml",)
    assert planned.value.foreign == ("base/b.yaml",)


def test_an_edit_that_is_what_would_be_written_is_none(folder) -> None:
    folder.write(FILES)
    folder.put("base/a.yaml", "new")
    planned = folder.plan(FILES | {"base/a.yaml": "new"})
    assert planned.diagnostics == ()
    assert planned.value.record, "the manifest must learn the new sum"


def test_force_gives_edits_up_and_says_which(folder) -> None:
    folder.write(FILES)
    for path in FILES:
        folder.put(path, "edited")
    folder.put("base/foreign.yaml", "f")
    planned = folder.plan({"base/a.yaml": "A", "base/foreign.yaml": "F", "base/b.yaml": "b"}, force=True)
    assert planned.diagnostics == ()
    assert planned.value.forced == ("base/a.yaml", "base/b.yaml", "base/foreign.yaml", "overlays/prod/c.yaml")


def test_a_file_that_a_person_deleted_is_made_again(folder) -> None:
    folder.write(FILES)
    (folder.root / "base/a.yaml").unlink()
    assert folder.plan(FILES).value.create == ("base/a.yaml",)


def test_only_a_missing_execute_bit_counts_as_a_difference_of_modes(folder) -> None:
    folder.put("base/run.sh", "x").chmod(0o664)
    assert plan_changes(folder.root, [OutputFile("base/run.sh", b"x", 0o644)]).value.update == ()
    assert plan_changes(folder.root, [OutputFile("base/run.sh", b"x", 0o755)]).value.update == (
        "base/run.sh",
    )
    (folder.root / "base/run.sh").chmod(0o755)
    assert plan_changes(folder.root, [OutputFile("base/run.sh", b"x", 0o644)]).value.update == ()


def test_conflict_marks_of_git_in_the_manifest_leave_both_sides_owned(folder) -> None:
    folder.put("base/a.yaml", "a")
    folder.put("base/b.yaml", "b")
    folder.put(
        ".mlkc-manifest",
        f"<<<<<<< HEAD\n{SUM_A}  base/a.yaml\n=======\n{'0' * 64}  base/a.yaml\n>>>>>>> main\n{SUM_B}  base/b.yaml\n",
    )
    planned = folder.plan({"base/a.yaml": "new"})
    assert planned.diagnostics == ()
    assert planned.value.update == ("base/a.yaml",)
    assert planned.value.delete == ("base/b.yaml",)


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        f"{SUM_A} base/a.yaml",
        f"{SUM_A}  ../a",
        f"{SUM_A}  /etc/passwd",
        f"{SUM_A}  .git/config",
        "{",
    ],
)
def test_a_manifest_that_mlkc_did_not_write_stops_the_run(folder, codes, line: str) -> None:
    folder.put(".mlkc-manifest", f"# head\n{line}\n")
    folder.put("base/a.yaml", "a")
    planned = folder.plan({"base/new.yaml": "n"})
    assert codes(planned) == ["MK708"]
    assert "line 2" in planned.diagnostics[0].message
    assert folder.write({"base/new.yaml": "n"}).failed
    assert folder.tree().keys() == {".mlkc-manifest", "base", "base/a.yaml"}


def test_force_starts_over_from_a_broken_manifest_and_deletes_nothing(folder) -> None:
    folder.put(".mlkc-manifest", "nonsense")
    folder.put("base/a.yaml", "a")
    assert not folder.write({"base/new.yaml": "n"}, force=True).failed
    assert folder.text("base/a.yaml") == "a"
    assert folder.plan({"base/new.yaml": "n"}).value.clean


@pytest.mark.parametrize(
    ("mode", "expected"), [(0o600, []), (0o640, ["MK714"]), (0o604, ["MK714"]), (0o400, [])]
)
def test_a_private_file_that_others_can_open_is_a_warning(
    folder, codes, mode: int, expected: list[str]
) -> None:
    folder.put("base/secrets.env", "p").chmod(mode)
    planned = folder.plan(FILES, [KeepFile("base/secrets.env", never)])
    assert codes(planned) == expected
    assert not planned.failed


def test_a_private_file_may_be_a_link_of_the_users_own_making(folder) -> None:
    (folder.root / "base").mkdir()
    (folder.root / "base/secrets.env").symlink_to("/nowhere/vault")
    planned = folder.plan(FILES, [KeepFile("base/secrets.env", never)])
    assert planned.diagnostics == ()
    assert planned.value.make == ()


@pytest.mark.parametrize("runs", [1, 9])
def test_runs_that_end_while_another_plans_are_no_edits(
    folder, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    folder.write(FILES)
    real = change.compare
    others = [f"by run {number}" for number in range(runs)]

    def compare(tree, wanted):
        monkeypatch.setattr(change, "compare", real)  # the other run's own plan
        pending, original = others[-1:], tree.digest

        def digest(path: str) -> str:
            # The manifest has been read; now the other run replaces the file and the manifest.
            if pending:
                folder.write(FILES | {"base/a.yaml": pending.pop()})
                others.pop()
            return original(path)

        tree.digest = digest
        try:
            return real(tree, wanted)
        finally:
            monkeypatch.setattr(change, "compare", compare)

    monkeypatch.setattr(change, "compare", compare)
    planned = folder.plan(FILES | {"base/a.yaml": "the third"})
    assert not others
    assert planned.diagnostics == ()
    assert planned.value.update == ("base/a.yaml",)


def test_a_journal_that_goes_between_look_and_read_is_no_error(
    folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(FILES)
    staging = folder.root / STAGING
    staging.mkdir()
    (staging / "journal").write_text('{"format": 1}\n')
    real = Tree.read

    def read(tree, path):
        if path == f"{STAGING}/journal":
            (staging / "journal").unlink()
            staging.rmdir()
        return real(tree, path)

    monkeypatch.setattr(Tree, "read", read)
    planned = folder.plan(FILES)
    assert planned.diagnostics == ()
    assert planned.value.clean


def test_an_unreadable_file_is_a_diagnostic(folder, codes, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(FILES)
    real = os.open

    def refuse(path, flags, *args, **options):
        if path == "b.yaml":
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", refuse)
    planned = folder.plan(FILES)
    assert codes(planned) == ["MK709"]
    assert planned.value.blocked == ("base/b.yaml",)
