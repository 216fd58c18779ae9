"""Events of the YAML parser to nodes, with every rule that a single node can break."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Label
from mlkc.diag.suggest import closest
from mlkc.source import nodes
from mlkc.source.quoting import quoted
from mlkc.source.values import ScalarReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlkc.source.positions import Positions
    from mlkc.text.span import Span

MAX_NODES = 10_000
MAX_DEPTH = 64

# The parser's events are told apart by the name of their class, so that this module imports no YAML.
_COLLECTIONS = ("MappingStartEvent", "SequenceStartEvent")
_OWN_TAGS = {
    "MappingStartEvent": (None, "!", "tag:yaml.org,2002:map"),
    "SequenceStartEvent": (None, "!", "tag:yaml.org,2002:seq"),
}


class AbandonedError(Exception):
    """The rest of the document is not read; the fault is in the composer's `faults`."""


class Composer:
    """Builds the node tree of one document.

    It goes on after a fault wherever the rest of the document keeps its meaning, and leaves the
    faulty part out.

    Attributes:
        faults: what was found so far.
    """

    def __init__(self, positions: Positions, shift: int, next_event: Callable[[], Any]) -> None:
        """Prepares to read.

        Args:
            positions: of the file.
            shift: code points of the file that the parser was not given.
            next_event: returns the parser's next event; it may raise what the parser raises.
        """
        self.faults: list[Diagnostic] = []
        self._positions = positions
        self._shift = shift
        self._next = next_event
        self._scalars = ScalarReader(self.faults)
        self._anchors: dict[str, nodes.Node | None] = {}
        self._anchor_spans: dict[str, Span] = {}
        self._used: set[str] = set()
        self._nodes = 0
        self._flow: list[int] = []

    @property
    def open_bracket(self) -> int | None:
        """Offset of the innermost `[` or `{` that is not closed yet; None without one."""
        return self._flow[-1] if self._flow else None

    def document(self) -> nodes.Node:
        """Reads one document, from the event after its start to the one before its end."""
        root = self._node(self._next(), 0)
        for name, span in self._anchor_spans.items():
            if name not in self._used:
                self.faults.append(
                    codes.UNUSED_ANCHOR.at(
                        span,
                        f"the anchor {quoted('&' + name)} is never used",
                        help="delete it; if the `&` belongs to a text, put the text in single quotes",
                    )
                )
        return root

    def _node(self, event: Any, depth: int) -> nodes.Node:
        span = self._span(event)
        self._count(1, span)
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._alias(event.anchor, span, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
            self._anchor_spans[event.anchor] = span._replace(end=self._after_anchor(span, event.anchor))
        node = (
            self._collection(event, span, depth) if kind in _COLLECTIONS else self._scalars.read(event, span)
        )
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _collection(self, event: Any, start: Span, depth: int) -> nodes.Node:
        kind = type(event).__name__
        if depth == MAX_DEPTH:
            self._abandon_depth(start)
        if event.tag not in _OWN_TAGS[kind]:
            self.faults.append(self._scalars.unknown_tag(event.tag, start))
        if event.flow_style:
            self._flow.append(event.end_mark.index + self._shift - 1)
        read = self._sequence if kind == "SequenceStartEvent" else self._mapping
        node = read(event, start, depth)
        if event.flow_style:
            self._flow.pop()
        return node

    def _sequence(self, start_event: Any, start: Span, depth: int) -> nodes.Sequence:
        items: list[nodes.Node] = []
        while type(event := self._next()).__name__ != "SequenceEndEvent":
            items.append(self._node(event, depth + 1))
        span = self._whole(start_event, start, event, items[-1].span if items else None)
        size = 1 + sum(item.size for item in items)
        height = 1 + max((item.height for item in items), default=0)
        return nodes.Sequence(span, tuple(items), size, height)

    def _mapping(self, start_event: Any, start: Span, depth: int) -> nodes.Mapping:
        entries: dict[str, nodes.Entry] = {}
        last: Span | None = None
        size = height = 1
        while type(event := self._next()).__name__ != "MappingEndEvent":
            key_node = self._node(event, depth + 1)
            key = self._key(event, key_node)
            value = self._node(self._next(), depth + 1)
            last = value.span
            size += key_node.size + value.size
            height = max(height, 1 + value.height)
            if key is None:
                continue
            if key in entries:
                self.faults.append(_duplicate(key, key_node.span, entries[key].key_span))
                continue
            entries[key] = nodes.Entry(key, key_node.span, value)
        span = self._whole(start_event, start, event, last)
        return nodes.Mapping(span, tuple(entries.values()), size, height)

    def _key(self, event: Any, node: nodes.Node) -> str | None:
        while isinstance(node, nodes.Alias):
            node = node.target
        if isinstance(node, nodes.Scalar):
            if node.value == "<<" and getattr(event, "style", None) == "":
                self.faults.append(_merge_key(node.span))
                return None
            if isinstance(node.value, str):
                return node.value
            written = getattr(event, "value", "")
            self.faults.append(_scalar_key(written, node.span))
        else:
            self.faults.append(_collection_key(node.span))
        return None

    def _alias(self, name: str, span: Span, depth: int) -> nodes.Node:
        self._used.add(name)
        target = self._anchors.get(name)
        if target is None:
            self.faults.append(self._bad_alias(name, span))
            return nodes.Scalar(span, None)
        self._count(target.size - 1, span, name)
        if depth + target.height > MAX_DEPTH:
            self._abandon_depth(span)
        return nodes.Alias(span, target, target.size, target.height)

    def _bad_alias(self, name: str, span: Span) -> Diagnostic:
        if name in self._anchors:
            return codes.RECURSIVE_ALIAS.at(
                span,
                f"the alias {quoted('*' + name)} stands inside the value that it repeats",
                related=(Label(self._anchor_spans[name], "the value begins here"),),
                help="write out what is meant",
            )
        near = closest(name, self._anchors)
        advice = (
            f"write `*{near}`"
            if near
            else f"write {quoted('&' + name)} before the value that is to be repeated"
        )
        return codes.UNDEFINED_ALIAS.at(
            span,
            f"no anchor {quoted('&' + name)} stands before this alias",
            help=f"{advice}; if the `*` belongs to a text, put the text in single quotes",
        )

    def _count(self, more: int, span: Span, alias: str | None = None) -> None:
        self._nodes += more
        if self._nodes <= MAX_NODES:
            return
        if alias is None:
            advice = "a spec of this size was likely generated: split the stack into several specs"
        else:
            advice = "write fewer aliases of aliases: each one repeats all that its anchor holds"
        self.faults.append(
            codes.TOO_MANY_NODES.at(
                span,
                f"the document has more than {MAX_NODES:,} keys and values"
                + (f" once the alias {quoted('*' + alias)} is expanded" if alias else ""),
                help=advice,
            )
        )
        raise AbandonedError

    def _abandon_depth(self, span: Span) -> None:
        self.faults.append(
            codes.TOO_DEEP.at(
                span, f"this is nested deeper than {MAX_DEPTH} levels", help="no part of a spec is that deep"
            )
        )
        raise AbandonedError

    def _span(self, event: Any) -> Span:
        start = event.start_mark.index + self._shift
        end = event.end_mark.index + self._shift
        if getattr(event, "style", None) in ("|", ">"):
            # The parser ends a block scalar after its trailing blank lines.
            written = self._positions.file.text[start:end].rstrip()
            end = start + max(1, len(written))
        return self._positions.span(start, end)

    def _whole(self, start_event: Any, start: Span, end_event: Any, last: Span | None) -> Span:
        if start_event.flow_style:
            return start._replace(end=self._positions.at(end_event.end_mark.index + self._shift))
        # The parser ends a block collection at the next token, after blank lines and comments.
        return start if last is None else start._replace(end=max(start.end, last.end))

    def _after_anchor(self, span: Span, name: str) -> Any:
        offset = self._positions.file.text.find("&" + name, self._positions.offset(span.start))
        return self._positions.at(offset + 1 + len(name))


def _duplicate(key: str, again: Span, first: Span) -> Diagnostic:
    return codes.DUPLICATE_KEY.at(
        again,
        f"the key {quoted(key)} is written twice",
        label="again here",
        related=(Label(first, "first written here"),),
        help="keep one of the two",
    )


def _merge_key(span: Span) -> Diagnostic:
    return codes.MERGE_KEY.at(
        span,
        "the merge key `<<` is not part of a spec",
        help="delete it: every environment already inherits what stands outside of it; "
        "elsewhere write the keys out, or repeat one value by an alias",
    )


def _scalar_key(written: str, span: Span) -> Diagnostic:
    if not written:
        return codes.NON_STRING_KEY.at(
            span, "a key is missing before the `:`", help="write a key before the `:`"
        )
    return codes.NON_STRING_KEY.at(
        span,
        f"the key {quoted(written)} is not a string but {_kind(written)}",
        help=f'write it in quotes: "{written}"',
    )


def _kind(written: str) -> str:
    word = written.lower()
    return {"true": "a boolean", "false": "a boolean", "null": "null", "~": "null"}.get(word, "a number")


def _collection_key(span: Span) -> Diagnostic:
    column = span.start.column
    template = span.file.line(span.start.line)[max(0, column - 2) : column + 1]
    return codes.NON_STRING_KEY.at(
        span,
        "a list or mapping stands where a key is expected",
        help="a spec is not a template: write the value itself, or put a text with `{{` in quotes"
        if "{{" in template
        else "keys are plain words; put a text that begins with `[` or `{` in quotes",
    )
