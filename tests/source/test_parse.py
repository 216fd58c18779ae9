"""Data and places of what is written."""

from __future__ import annotations

from typing import Any

import pytest

from mlkc.source.parse import parse
from mlkc.source.tree import SourceTree
from mlkc.text.span import Position, SourceFile


def tree(text: str) -> SourceTree:
    outcome = parse(SourceFile("spec.yaml", text))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("17", 17),
        ("-17", -17),
        ("+17", 17),
        ("0", 0),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("190:20:30", "190:20:30"),
        ("2024-01-31", "2024-01-31"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
        ("3.10", 3.1),
        ("1.2.3", "1.2.3"),
        ("1e", "1e"),
        ("+", "+"),
        (".", "."),
        ("-", None),
        ("=", "="),
        ("'17'", "17"),
        ('"true"', "true"),
        ("!!str 17", "17"),
        ("!!int 17", 17),
        ("!!float 17", 17),
        ("!!bool true", True),
        ("!!null ''", None),
        ("! 17", "17"),
        ("18446744073709551615", 2**64 - 1),
        ("-9223372036854775808", -(2**63)),
        ('"\\u4e2d\\x41"', "\u4e2dA"),
        ("a b # comment", "a b"),
        ("a#b", "a#b"),
        ("a:b", "a:b"),
        ("!!map {}", {}),
        ("!!seq []", []),
    ],
)
def test_scalars_follow_the_core_schema_of_yaml_1_2(written: str, value: object) -> None:
    # A dash alone begins a list item.
    data = tree(f"k:\n  {written}\n" if written == "-" else f"k: {written}\n").data
    assert isinstance(data, dict)
    found: Any = data["k"]
    if written == "-":
        assert found == [None]
    else:
        assert found == value
        assert type(found) is type(value)


def text_at(source: SourceTree, *path: str | int, key: bool = False) -> str:
    span = source.span(path, key)
    lines = source.file.text.split("\n")
    if span.start.line == span.end.line:
        return lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]
    first = lines[span.start.line - 1][span.start.column - 1 :]
    last = lines[span.end.line - 1][: span.end.column - 1]
    return "\n".join([first, *lines[span.start.line : span.end.line - 1], last])


STYLES = """\
# A comment.
plain: two words
'single': 'it''s'
"double": "a\\nb"
empty:
flow: {a: 1, "b": [x, 'y', {c: d}], e}   # comment
literal: |
  one
    two

folded: >-
  one

  two


# The end of `folded` is two lines above this comment.
block:
- first
-
  name: second
  other: "x"
-   - nested
anchored: &mark
  deep: [1, 2]

alias: *mark
wide: {日本: '語 é', k: "😀"}
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("plain",), "plain", "two words"),
        (("single",), "'single'", "'it''s'"),
        (("double",), '"double"', '"a\\nb"'),
        (("empty",), "empty", ""),
        (("flow",), "flow", "{a: 1, \"b\": [x, 'y', {c: d}], e}"),
        (("flow", "b"), '"b"', "[x, 'y', {c: d}]"),
        (("flow", "b", 1), "'y'", "'y'"),
        (("flow", "b", 2), "{c: d}", "{c: d}"),
        (("flow", "b", 2, "c"), "c", "d"),
        (("flow", "e"), "e", ""),
        (("literal",), "literal", "|\n  one\n    two"),
        (("folded",), "folded", ">-\n  one\n\n  two"),
        (("block",), "block", '- first\n-\n  name: second\n  other: "x"\n-   - nested'),
        (("block", 0), "first", "first"),
        (("block", 1), 'name: second\n  other: "x"', 'name: second\n  other: "x"'),
        (("block", 1, "other"), "other", '"x"'),
        (("block", 2), "- nested", "- nested"),
        (("block", 2, 0), "nested", "nested"),
        (("anchored",), "anchored", "&mark\n  deep: [1, 2]"),
        (("alias",), "alias", "*mark"),
        (("alias", "deep", 1), "2", "2"),
        (("wide", "日本"), "日本", "'語 é'"),
        (("wide", "k"), "k", '"😀"'),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_key_and_value_has_its_place(
    path: tuple[str | int, ...], key: str, value: str, line_end: str
) -> None:
    source = tree(STYLES.replace("\n", line_end))
    assert text_at(source, *path, key=True).replace("\r", "") == key
    assert text_at(source, *path).replace("\r", "") == value
    assert source.has(path)


def test_the_data_of_all_styles() -> None:
    assert tree(STYLES).data == {
        "plain": "two words",
        "single": "it's",
        "double": "a\nb",
        "empty": None,
        "flow": {"a": 1, "b": ["x", "y", {"c": "d"}], "e": None},
        "literal": "one\n  two\n",
        "folded": "one\ntwo",
        "block": ["first", {"name": "second", "other": "x"}, ["nested"]],
        "anchored": {"deep": [1, 2]},
        "alias": {"deep": [1, 2]},
        "wide": {"日本": "語 é", "k": "😀"},
    }


@pytest.mark.parametrize(
    ("flow", "data"),
    [
        ("{n: hdfs://a:8020/x, m: [http://b/c, d:e]}", {"n": "hdfs://a:8020/x", "m": ["http://b/c", "d:e"]}),
        ("{image: mysql:8.4, 'k':v, \"l\":[x:y]}", {"image": "mysql:8.4", "k": "v", "l": ["x:y"]}),
        ("[10:20:30, a::b]", ["10:20:30", "a::b"]),
        ("[x:y, 'a:b', \"c:d\", {e: f}, \ue000:]", None),
        ("[x:y, '\ue000:z']", ["x:y", "\ue000:z"]),
    ],
)
def test_a_colon_inside_an_unquoted_text_between_brackets_belongs_to_the_text(flow: str, data: Any) -> None:
    outcome = parse(SourceFile("spec.yaml", f"a:b: 'c:d' # e:f\nk: {flow}\n"))
    if data is None:
        assert [fault.code for fault in outcome.diagnostics] == ["MK017"]
        return
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.data == {"a:b": "c:d", "k": data}
    if isinstance(data, dict) and "n" in data:
        assert text_at(outcome.value, "k", "n") == "hdfs://a:8020/x"
        assert text_at(outcome.value, "k", "m", 1) == "d:e"


def test_an_alias_is_a_copy() -> None:
    data: Any = tree("a: &x [1]\nb: *x\n").data
    data["b"].append(2)
    assert data["a"] == [1]


def test_an_alias_may_stand_for_a_key() -> None:
    assert tree("a: &x name\n*x : b\n").data == {"a": "name", "name": "b"}


def test_an_anchor_may_be_given_again() -> None:
    assert tree("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").data == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_path_that_is_not_written_has_the_place_of_its_nearest_parent() -> None:
    source = tree("hdfs:\n  nodes:\n  - name: a\n    address: b\n  - plain\n")
    assert not source.has(("hdfs", "user"))
    assert text_at(source, "hdfs", "user") == "hdfs"
    assert text_at(source, "hdfs", "nodes", 7, "x") == "nodes"
    assert text_at(source, "hdfs", "nodes", 0, "port") == "name: a"
    assert text_at(source, "hdfs", "nodes", 1, "x", "y") == "plain"
    assert text_at(source, "server") == "hdfs:"


def test_the_written_form_of_a_value() -> None:
    source = tree("a: 3.10\nb: [0x1F,\n  2]\nc:\n")
    assert source.written(("a",)) == "3.10"
    assert source.written(("b", 0)) == "0x1F"
    assert source.written(("b",)) == "[0x1F,\n  2]"
    assert source.written(("c",)) == ""
    assert source.written(("d",)) is None


def test_the_tree_of_a_faulty_mapping_lacks_only_the_faulty_part() -> None:
    outcome = parse(SourceFile("spec.yaml", "a: 1\na: 2\n1: x\n<<: {b: 2}\nc: 3\n"))
    assert outcome.failed
    assert outcome.value is not None
    assert outcome.value.data == {"a": 1, "c": 3}


def test_a_byte_order_mark_counts_as_a_character_but_not_as_text() -> None:
    outcome = parse(SourceFile("spec.yaml", "\ufeffa: 1\nb: 2\n"))
    assert outcome.value is not None
    assert outcome.value.data == {"a": 1, "b": 2}
    assert outcome.value.span(("a",)).start == Position(1, 5)
    assert outcome.value.span(("b",)).start == Position(2, 4)


def test_a_document_may_have_its_markers() -> None:
    assert tree("%YAML 1.2\n---\na: 1\n...\n# end\n").data == {"a": 1}
