"""docs/features.md speaks of every value of both charts, and of no field that the spec does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chart_values import COMMUNITY, OFFICIAL
from mlkc.diag import codes
from mlkc.spec.reference import settings

PAGE = (Path(__file__).parents[1] / "docs" / "features.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| community-charts", "|---"))
]


def named(cell: str) -> list[str]:
    """The names in backticks."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: "-".join([*named(row[0]), *named(row[1]), *named(row[2])])
)
def test_a_row_says_what_is_there_and_why(row: list[str]) -> None:
    assert len(row) == 5
    ours, verdict, why = row[2:]
    assert verdict in {"have", "better", "not"}
    assert (verdict == "not") == (ours == ""), "what there is no setting for has none in the third column"
    assert ours == "always" or named(ours) or verdict == "not"
    assert why or verdict != "better"
    known = {one.path for one in settings()}
    assert set(named(ours)) <= known
    roots = {path.partition(".")[0] for path in known}
    dotted = {name for name in named(why) if re.fullmatch(r"[A-Za-z]+(\.[A-Za-z]+)+", name)}
    assert {name for name in dotted if name.partition(".")[0] in roots} <= known


@pytest.mark.parametrize(
    ("column", "values"), [(0, COMMUNITY.split()), (1, OFFICIAL.split())], ids=["first", "second"]
)
def test_every_value_of_a_chart_is_spoken_of(column: int, values: list[str]) -> None:
    spoken = {name for row in ROWS for name in named(row[column])}
    assert spoken <= set(values), "no other names"
    related = {"mlflow.registryStoreUriFrom": "mlflow.registryStoreUri"}
    assert {related.get(value, value) for value in values} <= spoken


def test_every_code_is_one_of_ours() -> None:
    assert set(re.findall(r"MK\d{3}", PAGE)) <= {code.code for code in codes.ALL}
