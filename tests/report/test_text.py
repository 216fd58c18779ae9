"""The report for people, as they see it."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from mlkc.diag.diagnostic import Diagnostic, Fix, InOutput, InSpec, Label, Severity
from mlkc.report.text import render, summary
from mlkc.text.span import Position, SourceFile, Span


def place(file: SourceFile, start: tuple[int, int], end: tuple[int, int]) -> Span:
    return Span(file, Position(*start), Position(*end))


def shown(diagnostic: Diagnostic, width: int = 80) -> str:
    return "\n" + render([diagnostic], colour=False, width=width).rsplit("\n\n", 1)[0] + "\n"


def test_one_place_with_label_note_and_help() -> None:
    file = SourceFile("spec.yaml", "kind: MLflowStack\nmirrors: tunna\n")
    diagnostic = Diagnostic(
        "MK203",
        Severity.ERROR,
        "there is no mirror `tunna`",
        Label(place(file, (2, 10), (2, 15)), "no such preset"),
        notes=("the presets are aliyun, tuna and ustc",),
        help="write `tuna`",
    )
    assert shown(diagnostic) == dedent("""
        error[MK203]: there is no mirror `tunna`
         --> spec.yaml:2:10
          |
        2 | mirrors: tunna
          |          ^^^^^ no such preset
          |
          = note: the presets are aliyun, tuna and ustc
          = help: write `tuna`
    """)


def test_related_places_stand_in_the_same_excerpt_with_gaps_marked() -> None:
    file = SourceFile("spec.yaml", "a: 1\n" + "#\n" * 10 + "a: 2\n")
    diagnostic = Diagnostic(
        "MK020",
        Severity.ERROR,
        "the key `a` is written twice",
        Label(place(file, (12, 1), (12, 2)), "again here"),
        related=(Label(place(file, (1, 1), (1, 2)), "first written here"),),
    )
    assert shown(diagnostic) == dedent("""
        error[MK020]: the key `a` is written twice
          --> spec.yaml:12:1
           |
         1 | a: 1
           | - first written here
        ...
        12 | a: 2
           | ^ again here
    """)


def test_a_gap_of_one_line_shows_the_line() -> None:
    file = SourceFile("spec.yaml", "a: 1\n# why\na: 2\n")
    diagnostic = Diagnostic(
        "MK020",
        Severity.ERROR,
        "twice",
        Label(place(file, (3, 1), (3, 2))),
        related=(Label(place(file, (1, 1), (1, 2))),),
    )
    assert shown(diagnostic) == dedent("""
        error[MK020]: twice
         --> spec.yaml:3:1
          |
        1 | a: 1
          | -
        2 | # why
        3 | a: 2
          | ^
    """)


def test_several_places_on_one_line() -> None:
    file = SourceFile("spec.yaml", "{a: 1, a: 2}\n")
    diagnostic = Diagnostic(
        "MK020",
        Severity.ERROR,
        "the key `a` is written twice",
        Label(place(file, (1, 8), (1, 9)), "again here"),
        related=(Label(place(file, (1, 2), (1, 3)), "first written here"),),
        help="keep one",
    )
    assert shown(diagnostic) == dedent("""
        error[MK020]: the key `a` is written twice
         --> spec.yaml:1:8
          |
        1 | {a: 1, a: 2}
          |  -     ^ again here
          |  |
          |  first written here
          |
          = help: keep one
    """)


def test_a_place_of_several_lines() -> None:
    file = SourceFile("spec.yaml", "a: 1\nb:\n  c: 1\n  d: 2\n")
    diagnostic = Diagnostic("MK103", Severity.ERROR, "not a text", Label(place(file, (2, 1), (4, 7)), "this"))
    assert shown(diagnostic) == dedent("""
        error[MK103]: not a text
         --> spec.yaml:2:1
          |
        2 | / b:
        3 | |   c: 1
        4 | |   d: 2
          | |______^ this
    """)


def test_a_long_place_that_begins_inside_a_line_with_related_places_in_and_around_it() -> None:
    file = SourceFile("spec.yaml", "a: 1\nb: [1,\n  2,\n  3,\n  4,\n  5,\n  6,\n  7]\n")
    diagnostic = Diagnostic(
        "MK103",
        Severity.ERROR,
        "not a text",
        Label(place(file, (2, 4), (8, 5)), "this"),
        related=(
            Label(place(file, (1, 1), (1, 2)), "before"),
            Label(place(file, (6, 3), (6, 4)), "within"),
        ),
    )
    assert shown(diagnostic) == dedent("""
        error[MK103]: not a text
         --> spec.yaml:2:4
          |
        1 |   a: 1
          |   - before
        2 |   b: [1,
          |  ____^
        3 | |   2,
        ... |
        6 | |   5,
          | |   - within
        7 | |   6,
        8 | |   7]
          | |____^ this
    """)


def test_wide_and_combining_characters_are_aligned() -> None:
    file = SourceFile("spec.yaml", "名前: 'e\u0301' x\n")
    diagnostic = Diagnostic(
        "MK019", Severity.ERROR, "text follows", Label(place(file, (1, 10), (1, 11)), "ここ")
    )
    assert shown(diagnostic) == dedent("""
        error[MK019]: text follows
         --> spec.yaml:1:10
          |
        1 | 名前: 'e\u0301' x
          |           ^ ここ
    """)


def test_tabs_are_expanded_and_control_characters_made_visible() -> None:
    file = SourceFile("spec.yaml", "a:\tb \x1b[31mc\u202e d\n")
    diagnostic = Diagnostic(
        "MK005", Severity.ERROR, "a \x1b]0;title\x07 b\nc", Label(place(file, (1, 6), (1, 7)))
    )
    assert shown(diagnostic) == dedent(r"""
        error[MK005]: a \x1b]0;title\x07 b\nc
         --> spec.yaml:1:6
          |
        1 | a:  b \x1b[31mc\u202e d
          |       ^^^^
    """)


def test_a_long_line_is_cut_around_its_place() -> None:
    file = SourceFile("spec.yaml", "k: " + "v" * 200 + " HERE " + "w" * 200 + "\n")
    diagnostic = Diagnostic(
        "MK104", Severity.ERROR, "wrong", Label(place(file, (1, 205), (1, 209)), "this one")
    )
    text = shown(diagnostic, 50)
    assert text == dedent("""
        error[MK104]: wrong
         --> spec.yaml:1:205
          |
        1 | ...vvvvvvvvvvvvvvvvv HERE wwwwwwwwwwwwwwwww...
          |                      ^^^^ this one
    """)


def test_a_place_longer_than_the_terminal_is_cut() -> None:
    file = SourceFile("spec.yaml", "k: " + "v" * 300 + "\n")
    diagnostic = Diagnostic("MK104", Severity.ERROR, "wrong", Label(place(file, (1, 4), (1, 304)), "a label"))
    text = shown(diagnostic, 50)
    assert text == dedent("""
        error[MK104]: wrong
         --> spec.yaml:1:4
          |
        1 | ...vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv...
          |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |    |
          |    a label
    """)


def test_long_remarks_are_wrapped_and_code_in_backquotes_is_not_broken() -> None:
    file = SourceFile("spec.yaml", "a: 1\n")
    diagnostic = Diagnostic(
        "MK104",
        Severity.ERROR,
        "wrong",
        Label(place(file, (1, 1), (1, 2))),
        help="run the command `mlkc compile specs/mlflow.yaml` once more, and then see",
    )
    assert shown(diagnostic, 50) == dedent("""
        error[MK104]: wrong
         --> spec.yaml:1:1
          |
        1 | a: 1
          | ^
          |
          = help: run the command
                  `mlkc compile specs/mlflow.yaml` once
                  more, and then see
    """)


def test_an_empty_place_is_one_column() -> None:
    file = SourceFile("spec.yaml", "a:\n")
    diagnostic = Diagnostic("MK103", Severity.ERROR, "no value", Label(place(file, (1, 3), (1, 3)), "here"))
    assert shown(diagnostic) == dedent("""
        error[MK103]: no value
         --> spec.yaml:1:3
          |
        1 | a:
          |   ^ here
    """)


def test_places_without_a_text() -> None:
    file = SourceFile("gone.yaml", "")
    diagnostic = Diagnostic(
        "MK001",
        Severity.ERROR,
        "there is no file `gone.yaml`",
        Label(place(file, (1, 1), (1, 1))),
        related=(
            Label(InOutput("base/server.yaml", "/spec/replicas"), "made from it"),
            Label(InSpec(("hdfs", "nodes", 0))),
            Label(InOutput("base/a.yaml")),
        ),
        help="check the path",
        fixes=(Fix("delete the key", ("a",), None),),
    )
    assert shown(diagnostic) == dedent("""
        error[MK001]: there is no file `gone.yaml`
         --> gone.yaml
         ::: base/server.yaml: /spec/replicas: made from it
         ::: spec: hdfs.nodes[0]
         ::: base/a.yaml
          = help: check the path
          = fix: delete the key
    """)


def test_related_places_in_another_file() -> None:
    spec, other = SourceFile("a.yaml", "a: 1\n"), SourceFile("b.yaml", "b: 2\n")
    diagnostic = Diagnostic(
        "MK104",
        Severity.WARNING,
        "differs",
        Label(place(spec, (1, 4), (1, 5))),
        related=(Label(place(other, (1, 4), (1, 5)), "from this"),),
    )
    assert shown(diagnostic) == dedent("""
        warning[MK104]: differs
         --> a.yaml:1:4
          |
        1 | a: 1
          |    ^
         ::: b.yaml:1:4
          |
        1 | b: 2
          |    - from this
    """)


def test_colour_changes_nothing_but_colour() -> None:
    file = SourceFile("spec.yaml", "a: [1,\n 2]\n{a: 1, a: 2}\n")
    diagnostics = [
        Diagnostic(
            "MK104",
            severity,
            "wrong",
            Label(place(file, (1, 4), (2, 4)), "this"),
            related=(Label(place(file, (3, 2), (3, 3)), "x"), Label(place(file, (3, 8), (3, 9)), "y")),
            notes=("n",),
            help="h",
        )
        for severity in Severity
    ]
    plain = render(diagnostics, colour=False, width=60)
    painted = render(diagnostics, colour=True, width=60)
    assert "\x1b[1;31merror[MK104]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert "\x1b" not in plain


def test_summary() -> None:
    label = Label(InOutput("a"))
    error = Diagnostic("MK104", Severity.ERROR, "", label)
    warning = Diagnostic("MK104", Severity.WARNING, "", label)
    assert summary([warning, error, error]) == "2 errors, 1 warning"
    assert render([warning], colour=False, width=80).endswith("\n\n1 warning\n")
    assert render([], colour=False, width=80) == ""


@pytest.mark.parametrize("width", [0, 1, 40, 57, 80, 1000])
def test_no_line_of_an_excerpt_is_wider_than_the_terminal(width: int) -> None:
    file = SourceFile("s", "k: " + "日本 é\t" * 60 + "\n")
    for column in range(1, 300, 7):
        label = Label(place(file, (1, column), (1, column + 5)), "a label of some words that is rather long")
        diagnostic = Diagnostic(
            "MK104", Severity.ERROR, "x", label, related=(Label(place(file, (1, 3), (1, 9)), "y"),)
        )
        for line in render([diagnostic], colour=False, width=width).splitlines():
            assert sum(2 if "\u2e80" < character < "\uffff" else 1 for character in line) <= max(width, 40)
