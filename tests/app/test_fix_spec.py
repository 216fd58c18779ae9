"""`mlkc fix`: certain faults are mended, and every other character of the file stays."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from mlkc.app.fix import Fixed, fix_spec
from mlkc.app.front import front
from mlkc.diag.diagnostic import Fix, Severity
from mlkc.source.edit import change
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile

HEAD = "apiVersion: mlkc.dev/v1alpha1\nkind: MLflowStack\nhdfs: {nameNode: 'hdfs://nn.example.com:8020'}\n"
BROKEN = sorted((Path(__file__).parent.parent / "broken").glob("*.yaml"))
WITH_FIX = [case for case in BROKEN if "\n  = fix: " in case.with_suffix(".txt").read_text()]


def fixed(folder: Path, text: str) -> Fixed:
    path = folder / "spec.yaml"
    path.write_bytes(text.encode())
    return fix_spec(path, "spec.yaml")


def edited(text: str, fix: Fix) -> str | None:
    tree = parse(SourceFile("spec.yaml", text)).value
    assert tree is not None
    return change(tree, fix)


@pytest.mark.parametrize("case", WITH_FIX, ids=lambda case: case.stem)
def test_a_fix_that_is_offered_mends(case: Path) -> None:
    fault = front(case, case.name).diagnostics[0]
    mended = fix_spec(case, case.name)
    assert [one.fault for one in mended.mended][:1] == [fault]
    assert fault not in mended.diagnostics
    assert not [d for d in mended.diagnostics if d.severity is Severity.ERROR]
    before, after = mended.before.split("\n"), mended.after.split("\n")
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == len(mended.mended)


def test_there_are_cases_of_each_kind() -> None:
    names = {case.stem for case in WITH_FIX}
    assert {
        "kubernetes-float",
        "root-unknown-key",
        "database-storage-unit",
        "environment-unknown-key",
        "server-replicas-text",
        "images-registry-scheme",
    } <= names


def test_comments_blanks_quotes_and_line_ends_stay(tmp_path: Path) -> None:
    text = (
        "# über allem\r\n" + HEAD.replace("\n", "\r\n") + "databse:   # why: see the plan\r\n"
        '    storage: { size :  20GiB , class: "fast" }   # big\r\n\r\n\r\nmlflow:\r\n  version:   3.10   # ten\r\n'
        "environments:\r\n  prod: {server: {replica: '2'}}\r\n  # the end"
    )
    done = fixed(tmp_path, text)
    wanted = text.replace("databse", "database").replace("20GiB", "20Gi").replace("  3.10 ", '  "3.10" ')
    assert done.after == wanted.replace("replica:", "replicas:").replace("'2'", "2")


def test_a_version_is_quoted_as_it_is_written(tmp_path: Path) -> None:
    done = fixed(tmp_path, HEAD + "images: {python: 3.10}\nenvironments: {prod: {}}\n")
    assert 'images: {python: "3.10"}' in done.after
    assert "`3.10`" in done.mended[0].fault.message


@pytest.mark.parametrize(
    "line",
    [
        "database: {storage: {size: 2K}}",  # 2000 or 2048
        "database: {storage: {size: 20gb}}",
        "server: {xyzzy: 1}",
        "database: {password: hunter2}",
        "databse: {engine: mysql}\ndatabase: {name: other}",  # both can't be meant
        "mlflow: {version: !!float 3.1}",
        "server: {replicas: 'two'}",
        "images: {registry: 'https://a b'}",
    ],
)
def test_what_is_not_certain_is_left_alone(tmp_path: Path, line: str) -> None:
    done = fixed(tmp_path, HEAD + line + "\nenvironments: {prod: {}}\n")
    assert done.after == done.before
    assert done.diagnostics
    assert not done.mended


def test_an_anchor_is_not_lost_to_a_fix(tmp_path: Path) -> None:
    text = HEAD + "server: {uploads: &size 4GiB}\nclient: {workspace: *size}\nenvironments: {prod: {}}\n"
    assert fixed(tmp_path, text).after == text


def test_what_is_left_is_reported_beside_what_is_mended(tmp_path: Path) -> None:
    done = fixed(tmp_path, HEAD + "server: {replica: 2, port: 80}\nenvironments: {prod: {}}\n")
    assert "replicas: 2, port: 80" in done.after
    assert [d.code for d in done.diagnostics if d.severity is Severity.ERROR] == ["MK105"]


def test_a_key_is_deleted_with_its_lines_only() -> None:
    text = "a: 1 # one\nb:\n  - x\n  - y # last\n\n# about c\nc: 3\n"
    assert edited(text, Fix("", ("b",))) == "a: 1 # one\n\n# about c\nc: 3\n"
    assert edited(text, Fix("", ("c",))) == text.removesuffix("c: 3\n")
    assert edited("{a: 1, b: 2}\n", Fix("", ("a",))) is None
    assert edited("- a: 1\n  b: 2\n", Fix("", (0, "a"))) is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("20Gi", "20Gi"),
        ("yes", '"yes"'),
        ("null", '"null"'),
        ("1e3", '"1e3"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("", '""'),
        ("line\nbreak\u2028", '"line\\nbreak\\u2028"'),
        ("é", '"é"'),
        ("http://host:80/x", "http://host:80/x"),
        (True, "true"),
        (3, "3"),
    ],
)
def test_a_value_is_written_so_that_it_is_read_back(value: object, written: str) -> None:
    for text in ("a: old # note\n", "{a: old, b: 1}\n"):
        assert edited(text, Fix("", ("a",), value)) == text.replace("old", written)


def test_quotes_stay() -> None:
    assert edited("a: 'old'\n", Fix("", ("a",), "it's")) == "a: 'it''s'\n"
    assert edited('a: "old"\n', Fix("", ("a",), "new")) == 'a: "new"\n'


def test_a_change_that_would_reach_further_is_not_made() -> None:
    shared = "a: &x {k: 1}\nb: *x\n"
    assert edited(shared, Fix("", ("b", "k"), 2)) is None
    assert edited("a: 1\nb: 2\n", Fix("", ("a",), key="b")) is None
    assert edited("a: 1\n", Fix("", ("z",), 2)) is None


def test_only_what_a_fix_says_differs(tmp_path: Path) -> None:
    done = fixed(tmp_path, HEAD + "mlflow: {version: 3.10}\nenvironments: {prod: {}}\n")
    operations = SequenceMatcher(None, done.before, done.after, autojunk=False).get_opcodes()
    inserted = [done.after[j1:j2] for tag, _, _, j1, j2 in operations if tag != "equal"]
    assert inserted == ['"', '"']
