"""The dumper: what goes in comes out, also for a reader that takes more texts for numbers than PyYAML does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlkc.artifact.yaml import dump, load_all
from mlkc.plan.secret import Secret, SecretLeakError

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)
TREES = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**40), 2**40), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@given(TREES)
def test_a_dumped_tree_loads_as_itself(tree: object) -> None:
    assert load_all(dump({"tree": tree})) == [{"tree": tree}]


@pytest.mark.parametrize(
    "text",
    ["12e4567", "1e3", "0o17", "0x1F", "1_000", ".5", "-1", "+.5e-3", "1.36", "017", "y", "Y", "n", "N"],
)
def test_a_text_that_go_reads_as_a_number_or_a_truth_value_is_quoted(text: str) -> None:
    assert re.fullmatch(r"a: ['\"].*['\"]\n", dump({"a": text}))


@pytest.mark.parametrize(
    "text", ["yes", "on", "null", "~", "", "true", "2026-01-01", "- a", "a: b", "# a", "{{x}}"]
)
def test_a_text_that_yaml_reads_otherwise_is_quoted(text: str) -> None:
    assert load_all(dump({"a": text})) == [{"a": text}]


def test_lines_are_written_as_a_block() -> None:
    assert dump({"a": "one\ntwo\n"}) == "a: |\n  one\n  two\n"


def test_a_line_separator_cannot_start_a_line_of_its_own() -> None:
    assert dump({"a": "x\u2028b: c"}) == 'a: "x\\Lb: c"\n'


def test_a_secret_cannot_be_dumped() -> None:
    with pytest.raises(SecretLeakError):
        dump({"a": [Secret("db-secrets", "PASSWORD")]})
