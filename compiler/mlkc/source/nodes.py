"""The document as it is written, before aliases are expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from mlkc.source.scalars import Plain
    from mlkc.text.span import Span


class Scalar(Struct, frozen=True):
    """A string, number, boolean or null."""

    span: Span
    value: Plain
    size: int = 1
    height: int = 0


class Alias(Struct, frozen=True):
    """A reference to a node that is complete; `size` and `height` are that node's."""

    span: Span
    target: Node
    size: int
    height: int


class Sequence(Struct, frozen=True):
    """A list.

    Attributes:
        span: from its first item to its last, brackets included.
        items: the items.
        size: number of nodes in it, with itself, keys and the expansion of aliases.
        height: levels of collections in it, itself counted.
    """

    span: Span
    items: tuple[Node, ...]
    size: int
    height: int


class Entry(Struct, frozen=True):
    """A key, its place and its value."""

    key: str
    key_span: Span
    value: Node


class Mapping(Struct, frozen=True):
    """A mapping without duplicate keys; attributes as in `Sequence`."""

    span: Span
    entries: tuple[Entry, ...]
    size: int
    height: int


Node: TypeAlias = "Scalar | Sequence | Mapping | Alias"
