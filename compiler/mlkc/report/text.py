"""Diagnostics for people, with the source lines that they are about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity
from mlkc.report.cells import safe, width, wrap
from mlkc.report.snippet import Mark, Snippet
from mlkc.report.style import Style
from mlkc.text.paths import dotted
from mlkc.text.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlkc.diag.diagnostic import Label, Place

_NARROWEST = 40


def render(diagnostics: Iterable[Diagnostic], *, colour: bool, width: int) -> str:
    """Renders diagnostics in the given order, and a line that counts them.

    Args:
        diagnostics: located, so that each place is a `Span` or an `InOutput`; an `InSpec` is named
            by its path.
        colour: whether to paint for a terminal. Nothing that comes from a file reaches the terminal
            as a control character either way.
        width: columns of the terminal; less than 40 count as 40.

    Returns:
        The text with a line end, or an empty text when there are no diagnostics.
    """
    style = Style(colour)
    columns = max(width, _NARROWEST)
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return ""
    # Other diagnostics may be about the line of a secret too.
    hidden = tuple(dict.fromkeys(place for diagnostic in diagnostics for place in diagnostic.hidden))
    blocks = ["\n".join(_block(diagnostic, style, columns, hidden)) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, summary(diagnostics)]) + "\n"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Counts diagnostics by severity, the worst first: `2 errors, 1 warning`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in sorted(Severity, reverse=True)
        if counts[severity]
    )


def _block(diagnostic: Diagnostic, style: Style, columns: int, hidden: tuple[Span, ...]) -> Iterator[str]:
    severity = str(diagnostic.severity)
    title = style.paint(severity, f"{severity}[{diagnostic.code}]")
    yield title + style.paint("bold", f": {safe(diagnostic.message)}")
    labels = (diagnostic.primary, *diagnostic.related)
    numbers = [line for label in labels for line in _shown_lines(label.place)]
    gutter = len(str(max(numbers, default=1)))
    yield from _places(diagnostic, style, columns, gutter, hidden)
    remarks = [("note", note) for note in diagnostic.notes]
    if diagnostic.help is not None:
        remarks.append(("help", diagnostic.help))
    remarks.extend(("fix", fix.title) for fix in diagnostic.fixes)
    if remarks and numbers:
        yield style.paint("frame", " " * gutter + " |")
    for word, text in remarks:
        yield from _remark(word, text, style, columns, gutter)


def _shown_lines(place: Place) -> tuple[int, ...]:
    if isinstance(place, Span) and place.file.text:
        return place.start.line, place.end.line
    return ()


def _places(
    diagnostic: Diagnostic, style: Style, columns: int, gutter: int, hidden: tuple[Span, ...]
) -> Iterator[str]:
    severity = str(diagnostic.severity)
    primary = diagnostic.primary
    yield _arrow("-->", primary, style, gutter)
    elsewhere: list[Label] = []
    if isinstance(primary.place, Span) and primary.place.file.text:
        marks = [Mark(primary.place, primary.text, severity, primary=True)]
        for label in diagnostic.related:
            if isinstance(label.place, Span) and label.place.file == primary.place.file:
                marks.append(Mark(label.place, label.text, "frame", primary=False))
            else:
                elsewhere.append(label)
        yield from Snippet(primary.place.file, marks, style, columns, gutter, hidden).rows()
    else:
        elsewhere.extend(diagnostic.related)
    for label in elsewhere:
        yield _arrow(":::", label, style, gutter)
        if isinstance(label.place, Span) and label.place.file.text:
            mark = Mark(label.place, label.text, "frame", primary=False)
            yield from Snippet(label.place.file, (mark,), style, columns, gutter, hidden).rows()


def _arrow(sign: str, label: Label, style: Style, gutter: int) -> str:
    text = ""
    drawn = isinstance(label.place, Span) and label.place.file.text
    if label.text and not drawn:
        text = f": {safe(label.text)}"
    return f"{' ' * gutter}{style.paint('frame', sign)} {safe(_named(label.place))}{text}"


def _named(place: Place) -> str:
    if isinstance(place, Span):
        return str(place) if place.file.text else place.file.name
    if isinstance(place, InSpec):
        return f"spec: {dotted(place.path)}" if place.path else "spec"
    return f"{place.file}: {place.pointer}" if place.pointer else place.file


def _remark(word: str, text: str, style: Style, columns: int, gutter: int) -> Iterator[str]:
    indent = " " * (gutter + 1)
    lead = f"{word}: "
    lines = wrap(safe(text), columns - len(indent) - 2 - width(lead))
    head = style.paint("frame", "=") + " " + style.paint(word if word in ("note", "help") else "help", word)
    yield f"{indent}{head}: {lines[0]}"
    for line in lines[1:]:
        yield f"{indent}{' ' * (2 + len(lead))}{line}"
