"""Paths that no caller may ask for, and names that disks confuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlkc.write.change import plan_changes
from mlkc.write.files import KeepFile, OutputFile

BAD_PATHS = (
    "",
    "/etc/passwd",
    "../up",
    "base/../../up",
    "base/./a",
    "base//a",
    "base/",
    "a\\b",
    "a\nb",
    "a\0b",
    ".git/hooks/post-checkout",
    "README.md",
    "specs/mlflow.yaml",
    "base/.GIT/config",
    ".mlkc-manifest",
    ".mlkc-staging/journal",
)


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_leads_elsewhere_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path for an output file"):
        plan_changes(tmp_path, [OutputFile(path, b"")])
    with pytest.raises(ValueError, match="not a path for an output file"):
        plan_changes(tmp_path, [], [KeepFile(path, bytes)])


@pytest.mark.parametrize(
    ("files", "keep"),
    [
        (["base/a", "base/a"], []),
        (["base/a"], ["base/a"]),
        (["base/a", "base/a/b"], []),
        (["base/a/b"], ["base/a"]),
        (["base/a", "base/a-b", "base/a/b/c"], []),
    ],
)
def test_paths_that_exclude_one_another_are_a_bug(tmp_path: Path, files: list[str], keep: list[str]) -> None:
    with pytest.raises(ValueError, match="exclude one another"):
        plan_changes(tmp_path, [OutputFile(p, b"") for p in files], [KeepFile(p, bytes) for p in keep])


@pytest.mark.parametrize(
    ("first", "second"),
    [("base/A.yaml", "base/a.yaml"), ("base/A/a.yaml", "base/a/b.yaml"), ("base/ẞ", "base/ss")],
)
def test_names_that_differ_only_in_case_are_refused_on_every_disk(
    tmp_path: Path, first: str, second: str
) -> None:
    found = plan_changes(tmp_path, [OutputFile(first, b""), OutputFile(second, b"")])
    assert [d.code for d in found.diagnostics] == ["MK707"]
