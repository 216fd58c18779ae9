"""Changes of a spec's text, in which every other character stays what it is.

A change is made in the text, not in a document that is dumped again: comments, blanks, quotes and line ends of the
rest can't be lost. The new text is read, and must be the old document with that one change; otherwise the change is
not made. So an anchor, a tag or an unusual layout can cost a change, and never the document.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from mlkc.source.parse import parse
from mlkc.source.scalars import resolve
from mlkc.text.span import SourceFile, line_starts

if TYPE_CHECKING:
    from mlkc.diag.diagnostic import Fix
    from mlkc.source.tree import SourceTree
    from mlkc.text.span import Position, Span

# A text that needs no quotes in any version of YAML, in a flow collection or out of it.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/:+-]*[A-Za-z0-9])?|[0-9]+(?:\.[0-9]+)?[A-Za-z]+")
_WORDS_OF_YAML_1_1 = frozenset({"y", "n", "yes", "no", "on", "off"})


def change(tree: SourceTree, fix: Fix) -> str | None:
    """Returns the file's text with a fix made, or None where it can't be made with nothing else changed."""
    text = _changed(tree, fix)
    wanted = _document(tree.data, fix)
    if text is None or wanted is None:
        return None
    read = parse(SourceFile(tree.file.name, text))
    if read.failed or read.value is None:
        return None
    return text if same(read.value.data, wanted[0]) else None


def _changed(tree: SourceTree, fix: Fix) -> str | None:
    found = tree.spans.get(fix.path)
    if found is None:
        return None
    text = tree.file.text
    if fix.key is not None:
        return None if found.key is None else _put(text, found.key, _scalar(fix.key, _part(text, found.key)))
    if fix.value is None:
        return None if found.key is None else _without(text, found.key, found.value)
    old = _part(text, found.value)
    # An anchor, an alias or a tag says more than the value, so what becomes of it is the user's to say.
    if not isinstance(fix.value, (str, int, float)) or not old or old[0] in "&*!":
        return None
    return _put(text, found.value, _scalar(fix.value, old))


def _put(text: str, span: Span, new: str) -> str:
    return text[: _offset(text, span.start)] + new + text[_offset(text, span.end) :]


def _part(text: str, span: Span) -> str:
    return text[_offset(text, span.start) : _offset(text, span.end)]


def _offset(text: str, position: Position) -> int:
    return line_starts(text)[position.line - 1] + position.column - 1


def _scalar(value: str | int | float, old: str) -> str:
    """Writes a scalar; a text keeps the quotes that the old one had."""
    if not isinstance(value, str):
        return json.dumps(value)
    if old.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    bare = _PLAIN.fullmatch(value) and resolve(value) == value and value.lower() not in _WORDS_OF_YAML_1_1
    return (
        value if bare and not old.startswith('"') else json.dumps(value, ensure_ascii=not value.isprintable())
    )


def _without(text: str, key: Span, value: Span) -> str | None:
    """Takes out the lines of a key and its value, where nothing else but a comment stands on them."""
    start = text.rfind("\n", 0, _offset(text, key.start)) + 1
    last = _offset(text, value.end)
    end = text.find("\n", last) + 1 or len(text)
    after = text[last:end].strip()
    if text[start : _offset(text, key.start)].strip() or (after and not after.startswith("#")):
        return None
    return text[:start] + text[end:]


def _document(data: Any, fix: Fix) -> tuple[Any] | None:
    """The document that the fix asks for, wrapped as it may be null; None where the path leads nowhere."""
    if not fix.path:
        return None
    document = copy.deepcopy(data)
    *above, last = fix.path
    parent = document
    try:
        for part in above:
            parent = parent[part]
        if fix.key is not None:
            if fix.key in parent:
                return None
            parent[fix.key] = parent.pop(last)
        elif fix.value is None:
            del parent[last]
        else:
            parent[last] = fix.value
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    return (document,)


def same(one: Any, other: Any) -> bool:
    """Equality that tells 1 from 1.0 and from true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
