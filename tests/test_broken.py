"""Each file of tests/broken has one fault; its first line says the code and the place that must be reported.

The whole message stands beside it in a .txt file, to be reviewed as a diff; `--update-golden` rewrites those.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlkc.app.front import front
from mlkc.report.text import render
from mlkc.text.span import Span

CASES = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_one_fault_is_reported_at_its_place(case: Path, update_golden: bool) -> None:
    expected = re.match(r"# expect: (MK\d{3}) (\d+):(\d+)\n", case.read_text())
    assert expected, "the first line says what is expected"
    found = front(case, case.name).diagnostics
    assert [diagnostic.code for diagnostic in found] == [expected[1]]
    place = found[0].primary.place
    assert isinstance(place, Span)
    assert (place.start.line, place.start.column) == (int(expected[2]), int(expected[3]))
    assert found[0].help, "every fault has a way out"
    text = render(found, colour=False, width=100)
    golden = case.with_suffix(".txt")
    if update_golden:
        golden.write_text(text)
    assert golden.read_text() == text


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 30
