"""The parsed spec: plain data beside the place of every key and value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from msgspec import Struct

from mlkc.text.secret_names import is_secret_name
from mlkc.text.span import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlkc.text.paths import SpecPath
    from mlkc.text.span import SourceFile

# Settings whose keys are names of other programs.
_VARIABLES: Final = frozenset({"env", "config", "coreSite", "hdfsSite"})

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"
"""What YAML gives: the types of JSON."""


class Spans(NamedTuple):
    """Where one element stands.

    Attributes:
        key: its key; None for the root and for the elements of a list.
        value: its value; of no width where the file has a key and nothing after it.
    """

    key: Span | None
    value: Span


class SourceTree(Struct, frozen=True):
    """A spec file, read.

    Attributes:
        file: the text.
        data: the document. Aliases are expanded into copies.
        spans: the places of every element. Below an alias they are those of the anchored text; the
            alias itself is where it is written.
    """

    file: SourceFile
    data: Data
    spans: Mapping[SpecPath, Spans]

    def has(self, path: SpecPath) -> bool:
        """Says whether `path` is written in the file."""
        return path in self.spans

    def span(self, path: SpecPath, key: bool = False) -> Span:
        """Returns the place of `path`.

        Args:
            path: a path from the root; it need not be written in the file.
            key: whether the key is meant instead of the value; list elements and the root have none
                and give their value.

        Returns:
            The place; for a path that is not written, its nearest written parent: that parent's key,
            or the first line of its value where it has none.
        """
        found = self.spans.get(path)
        if found is not None:
            return found.key if key and found.key is not None else found.value
        for length in range(len(path) - 1, -1, -1):
            parent = self.spans.get(path[:length])
            if parent is not None:
                return parent.key or _first_line(parent.value)
        return Span(self.file, Position(1, 1), Position(1, 1))

    def secrets(self) -> Iterator[Span]:
        """Yields the places of variables and properties whose names sound like a secret, right or wrong as they are.

        A key of a Secret or ConfigMap in their place is none.
        """
        for path, spans in self.spans.items():
            named = len(path) > 1 and path[-2] in _VARIABLES and is_secret_name(str(path[-1]))
            if named and not any((*path, source) in self.spans for source in ("secret", "configMap")):
                yield spans.value

    def written(self, path: SpecPath) -> str | None:
        """Returns the value at `path` as it is written (`3.10`, `"a"`); None where it is not written."""
        found = self.spans.get(path)
        return None if found is None else _text(found.value)


def _first_line(span: Span) -> Span:
    if span.end.line == span.start.line:
        return span
    length = len(span.file.line(span.start.line).rstrip())
    return span._replace(end=Position(span.start.line, max(length + 1, span.start.column)))


def _text(span: Span) -> str:
    if span.start.line == span.end.line:
        return span.file.line(span.start.line)[span.start.column - 1 : span.end.column - 1]
    lines = [span.file.line(number) for number in range(span.start.line, span.end.line + 1)]
    lines[0] = lines[0][span.start.column - 1 :]
    lines[-1] = lines[-1][: span.end.column - 1]
    return "\n".join(lines)
