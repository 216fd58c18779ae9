"""The text of a spec file to a SourceTree."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.outcome import Outcome
from mlkc.source import colons, nodes
from mlkc.source.build import build
from mlkc.source.characters import forbidden
from mlkc.source.compose import AbandonedError, Composer
from mlkc.source.positions import Positions
from mlkc.source.syntax import syntax_error
from mlkc.text.spare import stand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlkc.diag.diagnostic import Diagnostic
    from mlkc.source.tree import SourceTree
    from mlkc.text.span import SourceFile, Span

_BYTE_ORDER_MARK = "\ufeff"


def parse(file: SourceFile) -> Outcome[SourceTree]:
    """Reads a spec.

    Returns:
        The tree and what is wrong with it, in file order. There is no tree when the text is not YAML.
        After a fault that leaves the rest readable, such as a duplicate key, there is one: the faulty
        part is left out, and the outcome has failed all the same.
    """
    body = file.text.removeprefix(_BYTE_ORDER_MARK)
    shift = len(file.text) - len(body)
    positions = Positions(file)
    bad = forbidden(positions, shift)
    if bad:
        return Outcome(None, bad)
    root, faults = _read(positions, body, shift)
    faults = tuple(sorted(faults, key=_start))
    return Outcome(None if root is None else build(file, root), faults)


def _read(
    positions: Positions, body: str, shift: int, stand_in: str = ""
) -> tuple[nodes.Node | None, tuple[Diagnostic, ...]]:
    parser_of, refusal = _library()
    parser = parser_of(body)
    next_event = colons.show(parser.get_event, stand_in) if stand_in else parser.get_event
    composer = Composer(positions, shift, next_event)
    try:
        parser.get_event()
        start = parser.get_event()
        if type(start).__name__ == "StreamEndEvent":
            return None, (_empty(positions),)
        faults = _directives(start, positions)
        root = composer.document()
        parser.get_event()
        after = parser.get_event()
    except AbandonedError:
        return None, tuple(composer.faults)
    except refusal as error:
        if getattr(error, "problem", None) == colons.REFUSED and not stand_in:
            hidden = colons.hide(body)
            if hidden is not None:
                return _read(positions, hidden[0], shift, hidden[1])
        return None, (*composer.faults, syntax_error(error, positions, shift, composer.open_bracket))
    if isinstance(root, nodes.Scalar) and root.value is None and root.span.start == root.span.end:
        faults = (*faults, _empty(positions))
    if type(after).__name__ != "StreamEndEvent":
        faults = (*faults, _second(after, positions, shift))
    return root, (*composer.faults, *faults)


@cache
def _library() -> tuple[Callable[[str], Any], type[Exception]]:
    """ruamel.yaml's parser on libyaml and what it raises, without its loaders and dumpers: 3 ms instead of 11.

    Even that is longer than it takes to read a spec, and `explain` and the like never need it.
    """
    package = find_spec("ruamel.yaml")
    with stand_in("ruamel.yaml", None if package is None else module_from_spec(package)):
        from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # noqa: PLC0415
        from ruamel.yaml.error import YAMLError  # noqa: PLC0415
    return CParser, YAMLError


def _start(fault: Diagnostic) -> tuple[int, int]:
    place: Any = fault.primary.place
    return place.start.line, place.start.column


def _empty(positions: Positions) -> Diagnostic:
    return codes.EMPTY_FILE.at(
        positions.span(0, 0),
        "the spec file holds no document",
        help="begin with `apiVersion: mlkc.dev/v1alpha1` and `kind: MLflowStack`",
    )


def _directives(start: Any, positions: Positions) -> tuple[Diagnostic, ...]:
    if start.version in (None, (1, 2)) and not start.tags:
        return ()
    offset = positions.file.text.find("%")
    end = len(positions.file.text[offset:].split("\n", 1)[0].rstrip())
    return (
        codes.YAML_DIRECTIVE.at(
            positions.span(offset, offset + end),
            "a spec has no YAML directives: it is read as YAML 1.2",
            help="delete this line",
        ),
    )


def _second(event: Any, positions: Positions, shift: int) -> Diagnostic:
    start = event.start_mark.index + shift
    place: Span = positions.span(start, start + 3)
    return codes.SEVERAL_DOCUMENTS.at(
        place,
        "a second document begins here",
        help="keep one document a file: write each stack into a file of its own, and what differs "
        "between environments under `environments`",
    )
