"""The formats for programs, against their schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import mlkc.report
from mlkc.diag.diagnostic import Diagnostic, Fix, InOutput, InSpec, Label, Severity
from mlkc.report import REPORTERS, Terminal, github, json_, sarif
from mlkc.text.span import Position, SourceFile, Span

SARIF = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"
FILE = SourceFile("specs/a b.yaml", "a: 1\nb:\n  c: 2\n")
NOWHERE = SourceFile("gone.yaml", "")


def span(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(FILE, Position(line, column), Position(end_line, end_column))


EVERY_KIND = (
    Diagnostic(
        "MK020",
        Severity.ERROR,
        "the key `a` is written twice",
        Label(span(2, 1, 2, 2), "again here"),
        related=(Label(span(1, 1, 1, 2), "first written here"), Label(InOutput("base/a.yaml", "/spec"))),
        notes=("a note", "another: 100% sure, with a comma"),
        help="keep one of the two",
        fixes=(Fix("delete `a`", ("a",), None), Fix("set b", ("b", 0, "c"), {"x": [1, 2.5, True]})),
    ),
    Diagnostic("MK999", Severity.WARNING, "several lines", Label(span(2, 1, 3, 7))),
    Diagnostic("MK102", Severity.NOTE, "in the spec", Label(InSpec(("hdfs", "nodes", 0), key=True))),
    Diagnostic(
        "MK401", Severity.ERROR, "in an output", Label(InOutput("base/é.yaml", "/spec/replicas"), "x")
    ),
    Diagnostic("MK401", Severity.ERROR, "in a whole output", Label(InOutput("base/a.yaml"))),
    Diagnostic(
        "MK001", Severity.ERROR, "there is no file", Label(Span(NOWHERE, Position(1, 1), Position(1, 1)))
    ),
)


def validate(schema: Path, text: str) -> Any:
    body = json.loads(text)
    # A pattern of the official schema (`]?` without its `[`) is no regular expression in strict engines.
    written = schema.read_text().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$")
    validator = jsonschema_rs.validator_for(json.loads(written))
    assert [error.message for error in validator.iter_errors(body)] == []
    return body


@pytest.mark.parametrize("diagnostics", [EVERY_KIND, ()])
def test_sarif_is_valid_against_the_official_schema(diagnostics: tuple[Diagnostic, ...]) -> None:
    body = validate(SARIF, sarif.render(diagnostics))
    assert len(body["runs"][0]["results"]) == len(diagnostics)


def test_the_sarif_schema_refuses_what_is_not_sarif() -> None:
    with pytest.raises(AssertionError):
        validate(SARIF, '{"version": "2.1.0", "runs": [{}]}')


def test_sarif_says_where_and_what() -> None:
    run = json.loads(sarif.render(EVERY_KIND))["runs"][0]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["message"]["text"].endswith("\nhelp: keep one of the two")
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "specs/a%20b.yaml"},
        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2},
    }
    assert first["relatedLocations"][0]["message"]["text"] == "first written here"
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [d.code for d in EVERY_KIND]


@pytest.mark.parametrize("diagnostics", [EVERY_KIND, ()])
def test_json_is_valid_against_its_published_schema(diagnostics: tuple[Diagnostic, ...]) -> None:
    schema = Path(mlkc.report.__file__).parent / "diagnostics.schema.json"
    body = validate(schema, json_.render(diagnostics))
    assert len(body["diagnostics"]) == len(diagnostics)


def test_json_of_one_diagnostic() -> None:
    assert json.loads(json_.render(EVERY_KIND[:1])) == {
        "schema": "mlkc.dev/diagnostics/v1",
        "summary": {"errors": 1, "warnings": 0, "notes": 0},
        "diagnostics": [
            {
                "code": "MK020",
                "name": "duplicate-key",
                "severity": "error",
                "message": "the key `a` is written twice",
                "primary": {
                    "place": {
                        "kind": "source",
                        "file": "specs/a b.yaml",
                        "start": {"line": 2, "column": 1},
                        "end": {"line": 2, "column": 2},
                    },
                    "text": "again here",
                },
                "related": [
                    {
                        "place": {
                            "kind": "source",
                            "file": "specs/a b.yaml",
                            "start": {"line": 1, "column": 1},
                            "end": {"line": 1, "column": 2},
                        },
                        "text": "first written here",
                    },
                    {"place": {"kind": "output", "file": "base/a.yaml", "pointer": "/spec"}, "text": ""},
                ],
                "notes": ["a note", "another: 100% sure, with a comma"],
                "help": "keep one of the two",
                "fixes": [
                    {"title": "delete `a`", "path": ["a"], "value": None},
                    {"title": "set b", "path": ["b", 0, "c"], "value": {"x": [1, 2.5, True]}},
                ],
            }
        ],
    }


def test_github_commands() -> None:
    assert github.render(EVERY_KIND) == (
        "::error file=specs/a b.yaml,line=2,endLine=2,col=1,endColumn=2,title=MK020"
        "::the key `a` is written twice%0Anote: a note%0Anote: another: 100%25 sure, with a comma"
        "%0Ahelp: keep one of the two\n"
        "::warning file=specs/a b.yaml,line=2,endLine=3,title=MK999::several lines\n"
        "::notice title=MK102::hdfs.nodes[0]: in the spec\n"
        "::error file=base/é.yaml,title=MK401::in an output\n"
        "::error file=base/a.yaml,title=MK401::in a whole output\n"
        "::error file=gone.yaml,title=MK001::there is no file\n"
    )


def test_github_text_cannot_end_its_command_or_add_another() -> None:
    hostile = Diagnostic(
        "MK104",
        Severity.ERROR,
        "value `x\n::add-mask::a` and \x1b[31m, %0A",
        Label(InOutput("a,line=1::b%\r\n.yaml")),
    )
    assert github.render([hostile]) == (
        "::error file=a%2Cline=1%3A%3Ab%25\\r\\n.yaml,title=MK104"
        "::value `x\\n::add-mask::a` and \\x1b[31m, %250A\n"
    )


@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_takes_every_kind_of_diagnostic(name: str) -> None:
    text = REPORTERS[name](EVERY_KIND, Terminal())
    assert text.endswith("\n")
    assert all(diagnostic.code in text for diagnostic in EVERY_KIND)


@pytest.mark.parametrize("name", REPORTERS)
def test_no_format_lets_control_characters_through(name: str) -> None:
    text = "\x1b[31m \x07 \u202e \x9b"
    file = SourceFile(f"{text}.yaml", f"k: {text}\n")
    place = Span(file, Position(1, 4), Position(1, 9))
    hostile = Diagnostic("MK104", Severity.ERROR, text, Label(place, text), notes=(text,), help=text)
    report = REPORTERS[name]([hostile], Terminal(colour=False))
    assert not set(report) & set("\x1b\x07\u202e\x9b")
