from __future__ import annotations

from mlkc.diag.diagnostic import Diagnostic, InOutput, InSpec, Label, Place, Severity
from mlkc.diag.locate import locate
from mlkc.diag.order import sort
from mlkc.source.parse import parse
from mlkc.text.span import Position, SourceFile, Span

FILE = SourceFile("spec.yaml", "hdfs:\n  user: a\nserver:\n  port: 1\n")


def diagnostic(
    place: Place,
    code: str = "MK103",
    severity: Severity = Severity.ERROR,
    message: str = "m",
    *related: Place,
) -> Diagnostic:
    return Diagnostic(
        code, severity, message, Label(place), tuple(Label(other, "words") for other in related)
    )


def span(line: int, column: int) -> Span:
    return Span(FILE, Position(line, column), Position(line, column + 1))


def test_places_in_the_spec_become_spans_and_others_stay() -> None:
    tree = parse(FILE).value
    assert tree is not None
    output = InOutput("base/a.yaml", "/spec")
    faults = [
        diagnostic(InSpec(("server", "port"))),
        diagnostic(InSpec(("server", "port"), key=True)),
        diagnostic(
            InSpec(("server", "replicas")), "MK102", Severity.ERROR, "m", InSpec(("hdfs", "user")), output
        ),
        diagnostic(output),
        diagnostic(span(1, 1)),
    ]
    found = locate(faults, tree)
    assert [str(fault.primary.place) for fault in found[:3]] == [
        "spec.yaml:4:9",
        "spec.yaml:4:3",
        "spec.yaml:3:1",
    ]
    assert [str(label.place) for label in found[2].related[:1]] == ["spec.yaml:2:9"]
    assert found[2].related[0].text == "words"
    assert found[2].related[1].place == output
    assert found[3:] == tuple(faults[3:])


def test_order_is_that_of_the_file_then_of_severity_then_of_codes() -> None:
    in_order = (
        diagnostic(span(1, 3), "MK201"),
        diagnostic(span(1, 7), "MK101"),
        diagnostic(span(2, 1), "MK104", Severity.ERROR),
        diagnostic(span(2, 1), "MK105", Severity.ERROR),
        diagnostic(span(2, 1), "MK029", Severity.WARNING),
        diagnostic(span(10, 1)),
        diagnostic(InSpec(("a",))),
        diagnostic(InOutput("base/a.yaml")),
        diagnostic(InOutput("base/a.yaml", "/x")),
        diagnostic(InOutput("base/b.yaml")),
    )
    assert sort(reversed(in_order)) == in_order


def test_what_is_said_twice_is_reported_once() -> None:
    first = diagnostic(span(1, 1), "MK103", Severity.ERROR, "a", span(2, 1))
    again = diagnostic(span(1, 1), "MK103", Severity.ERROR, "a")
    other = diagnostic(span(1, 1), "MK103", Severity.ERROR, "b")
    assert sort([first, again, other, first]) == (first, other)
