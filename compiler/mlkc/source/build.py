"""Nodes to plain data and the spans beside it; aliases are expanded here."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mlkc.source import nodes
from mlkc.source.tree import SourceTree, Spans

if TYPE_CHECKING:
    from mlkc.source.tree import Data
    from mlkc.text.paths import SpecPath
    from mlkc.text.span import SourceFile, Span


def build(file: SourceFile, root: nodes.Node) -> SourceTree:
    """Returns the tree of a document; the composer has bounded its size and depth."""
    spans: dict[SpecPath, Spans] = {}
    data = _value(root, (), None, spans)
    return SourceTree(file, data, MappingProxyType(spans))


def _value(node: nodes.Node, path: SpecPath, key: Span | None, spans: dict[SpecPath, Spans]) -> Data:
    spans[path] = Spans(key, node.span)
    while isinstance(node, nodes.Alias):
        node = node.target
    if isinstance(node, nodes.Scalar):
        return node.value
    if isinstance(node, nodes.Sequence):
        return [_value(item, (*path, index), None, spans) for index, item in enumerate(node.items)]
    return {
        entry.key: _value(entry.value, (*path, entry.key), entry.key_span, spans) for entry in node.entries
    }
