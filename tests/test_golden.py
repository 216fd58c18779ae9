"""Each folder of tests/golden is a case: spec.yaml compiles to exactly out/, and says exactly diagnostics.txt.

A case is added by dropping in a folder with a spec.yaml; `--update-golden` writes the rest, to be reviewed as a diff.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec
from mlkc.report.text import render

ROOT = Path(__file__).parent / "golden"
CASES = sorted(path.parent for path in ROOT.glob("*/spec.yaml"))


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Returns mode and content of each file that is committed; local secrets are not."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mode & 0o111, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("secrets.env")
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_output_is_the_golden_tree(case: Path, tmp_path: Path, update_golden: bool) -> None:
    compiled = compile_spec(case / "spec.yaml", "spec.yaml", tmp_path / "out")
    said = render(compiled.diagnostics, colour=False, width=100)
    assert not compiled.failed, said
    if update_golden:
        shutil.rmtree(case / "out", ignore_errors=True)
        shutil.copytree(
            tmp_path / "out", case / "out", ignore=shutil.ignore_patterns("*secrets.env", ".mlkc-staging")
        )
        (case / "diagnostics.txt").write_text(said)
    assert tree(tmp_path / "out") == tree(case / "out")
    assert said == (case / "diagnostics.txt").read_text()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_second_run_changes_nothing(case: Path, tmp_path: Path) -> None:
    compile_spec(case / "spec.yaml", "spec.yaml", tmp_path)
    again = compile_spec(case / "spec.yaml", "spec.yaml", tmp_path)
    assert again.written is not None
    assert not again.written.changed


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 10
