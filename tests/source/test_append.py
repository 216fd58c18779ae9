"""Entries added to a list of a spec in whatever layout: every other character stays, or nothing is done."""

from __future__ import annotations

from typing import Any

import pytest

from mlkc.source.append import append
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile

PATH = ("environments", "prod", "patches")
ENTRY = {"target": {"kind": "A"}, "merge": {"x": 1}}
BLOCK = "- target:\n    kind: A\n  merge:\n    x: 1\n"
FLOW = '{"target": {"kind": "A"}, "merge": {"x": 1}}'
BELOW = "      - target:\n          kind: A\n        merge:\n          x: 1\n"
PATCHES = f"    patches:\n{BELOW}"


def added(text: str) -> str | None:
    tree = parse(SourceFile("spec.yaml", text)).value
    assert tree is not None
    return append(tree, PATH, [ENTRY], BLOCK)


def document(text: str) -> Any:
    tree = parse(SourceFile("spec.yaml", text)).value
    assert tree is not None
    return tree.data


# What is written, with a § where the entry comes, and what comes there.
LAYOUTS = (
    ("environments:\n  prod:\n    patches: [{a: 1}§]  # c\n", f", {FLOW}"),
    ("environments:\n  prod:\n    patches: [\n      {a: 1},  # one\n      {b: 2}§  # two\n    ]\nx: 1\n", f", {FLOW}"),
    ("environments:\n  prod:\n    patches: [\n      {a: 1},\n      {b: 2}§,  # ]\n    ]\n", f", {FLOW}"),
    ("environments:\n  prod:\n    patches: [§  # none\n    ]\n", FLOW),
    ('environments: {prod: {server: {}, patches: [{a: "#]"}§]}}\n', f", {FLOW}"),
    ("environments: {\n  prod: {\n    server: {workers: 3}§  # w\n  }\n}\n", f", patches: [{FLOW}]"),
    ("environments: {prod: §}\n", f"{{patches: [{FLOW}]}}"),
    ("environments: {prod: §, dev: {}}\n", f"{{patches: [{FLOW}]}}"),
    ("environments:\n  prod: {§}  # nothing\n  dev:\n", f"patches: [{FLOW}]"),
    ("environments:\n  prod:   # nothing\n§  dev:\n", PATCHES),
    ("environments:\n  prod: &p\n    server: {workers: 3}\n§  dev: {}\n", PATCHES),
    ("environments:\n  prod: &p {server: {workers: 3}§}\n", f", patches: [{FLOW}]"),
    ("environments:\n  prod: &p§\n  dev: {}\n", f" {{patches: [{FLOW}]}}"),
    ("environments:\n  prod:\n    patches: &l [{a: 1}§]\n", f", {FLOW}"),
    ("environments:\n  prod:\n    patches: &l [§]\n", FLOW),
    ("environments:\n  prod:\n    patches: &l  # ours\n      - a: 1\n§", BELOW),
    ("environments:\n  prod:\n    server: &s {workers: 3}\n§  dev:\n    server: *s\n", PATCHES),
    ("environments:\n  prod: !!map\n    server: {workers: 3}\n§", PATCHES),
    ("environments:\n  prod:\n    patches:\n      - merge: |\n          a\n          b\n§\nx: 1\n", BELOW),
    ("---\nenvironments:\n  prod:\n    server: {workers: 3}\n§...\n", PATCHES),
    ("environments:\n  'prod':\n    \"patches\": [§]\n", FLOW),
)  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("layout", "new"), LAYOUTS)
def test_the_entry_comes_where_it_belongs_and_all_else_stays(layout: str, new: str, newline: str) -> None:
    before, after = layout.replace("§", ""), layout.replace("§", new)
    text = added(before.replace("\n", newline))
    assert text == after.replace("\n", newline)
    prod = document(text)["environments"]["prod"]
    assert prod["patches"][-1] == ENTRY


@pytest.mark.parametrize("null", ["~", "null"])
def test_a_null_is_replaced(null: str) -> None:
    assert added(f"environments:\n  prod: {null} # c\n") == (
        f"environments:\n  prod: {{patches: [{FLOW}]}} # c\n"
    )


def test_a_last_line_without_an_end_gets_one() -> None:
    assert added("environments:\n  prod:\n    patches:\n      - a: 1") == (
        f"environments:\n  prod:\n    patches:\n      - a: 1\n{BELOW}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "environments:\n  prod: &p\n    server: {workers: 3}\n  dev: *p\n",
        "environments:\n  dev: &p\n    server: {workers: 3}\n  prod: *p\n",
        "x: &l [{a: 1}]\nenvironments:\n  prod:\n    patches: *l\n",
        "environments:\n  dev: {}\n",
        "environments: {prod: 1}\n",
    ],
)
def test_what_would_change_something_else_is_not_done(text: str) -> None:
    assert added(text) is None
