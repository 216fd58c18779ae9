"""Files that are no text, or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.report.text import render
from mlkc.source.load import MAX_BYTES, decode, load


def only_fault(path: Path) -> Diagnostic:
    outcome = load(path, path.name)
    assert outcome.value is None
    (fault,) = outcome.diagnostics
    return fault


def test_a_file_is_read_and_shown_by_the_name_that_the_user_gave(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\r\n")
    outcome = load(path, "./spec.yaml")
    assert outcome.value is not None
    assert outcome.value.data == {"a": 1, "b": "é"}
    assert str(outcome.value.span(("b",))) == "./spec.yaml:2:4"
    assert outcome.value.span(("a",)).start.column == 4


def test_missing_file(tmp_path: Path) -> None:
    fault = only_fault(tmp_path / "gone.yaml")
    assert fault.code == codes.MISSING_FILE.code
    assert render([fault], colour=False, width=80).startswith(
        "error[MK001]: there is no file `gone.yaml`\n --> gone.yaml\n"
    )


def test_folder(tmp_path: Path) -> None:
    fault = only_fault(tmp_path)
    assert fault.code == codes.UNREADABLE_FILE.code
    assert "is a folder" in fault.message


@pytest.mark.parametrize("name", ["spec.yaml/x", "a\0b", "x" * 5000])
def test_paths_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    (tmp_path / "spec.yaml").write_text("a: 1\n")
    assert only_fault(tmp_path / name).code == codes.UNREADABLE_FILE.code


def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.touch(mode=0o000)
    user = os.geteuid()
    if user == 0:  # root may read everything
        os.seteuid(65534)
    try:
        assert only_fault(path).code == codes.UNREADABLE_FILE.code
    finally:
        os.seteuid(user)


def test_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"#" * MAX_BYTES + b"\n")
    assert only_fault(path).code == codes.FILE_TOO_LARGE.code
    path.write_bytes(b"#" * (MAX_BYTES - 1) + b"\n")
    assert only_fault(path).code == codes.EMPTY_FILE.code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(encoding: str) -> None:
    (fault,) = decode("apiVersion: mlkc.dev/v1alpha1\n".encode(encoding), "spec.yaml").diagnostics
    assert fault.code == codes.WRONG_ENCODING.code
    assert "UTF-16" in fault.message or "UTF-32" in fault.message
    assert fault.help == "save the file as UTF-8"


def test_a_byte_order_mark_does_not_move_the_place_of_a_bad_byte() -> None:
    (fault,) = decode(b"\xef\xbb\xbfa: \xff\n", "s").diagnostics
    assert str(fault.primary.place) == "s:1:4"


def test_latin_1_is_refused_at_its_first_foreign_byte() -> None:
    (fault,) = decode("a: 日\nb: 'café'\n".encode() + "c: 'naïve'\n".encode("latin-1"), "s").diagnostics
    assert fault.code == codes.WRONG_ENCODING.code
    assert str(fault.primary.place) == "s:3:7"
    assert fault.notes == ("in Latin-1 this byte is `ï`",)
    assert "c: 'na\ufffdve'" in render([fault], colour=False, width=80)


@pytest.mark.parametrize(
    "content", [b"a: \xff", b"a: \xc3", b"a: \xe4\xbd", b"\x80", b"\xef\xbb", b"a: \xed\xa0\x80"]
)
def test_bytes_that_are_no_utf_8(content: bytes) -> None:
    (fault,) = decode(content, "spec.yaml").diagnostics
    assert fault.code == codes.WRONG_ENCODING.code
