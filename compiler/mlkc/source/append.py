"""Adding entries to a list of a spec's text, in which every other character stays what it is.

As in `edit`, the text is changed and not dumped again: a round trip of the document would lay out anew what it does not
keep. The new text is read, and must be the old document with just the new entries.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlkc.source.edit import same
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile, line_starts

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree, Spans
    from mlkc.text.paths import SpecPath
    from mlkc.text.span import Position

_STEP = "  "
# What may stand before a collection: an anchor, a tag, and a comment and line ends where it begins further down.
_BEFORE = re.compile(r"(?:[&!]\S*|#[^\n]*|\s)*")
_NULL = re.compile(r"~|null|Null|NULL")


def append(tree: SourceTree, path: SpecPath, entries: Sequence[Any], block: str) -> str | None:
    """Returns the file's text with entries added at the end of a list, which is made if it is not there.

    Args:
        tree: the spec.
        path: the list; the mapping that holds it must be written, though it may be empty.
        entries: what to add.
        block: the entries as a YAML list in block style, not indented.

    Returns:
        The text, or None where the entries can't be added with nothing else changed.
    """
    wanted = _document(tree.data, path, entries)
    if wanted is None:
        return None
    for text in _added(tree, path, entries, block):
        read = parse(SourceFile(tree.file.name, text))
        if not read.failed and read.value is not None and same(read.value.data, wanted):
            return text
    return None


def _added(tree: SourceTree, path: SpecPath, entries: Sequence[Any], block: str) -> Iterator[str]:
    """Yields texts in which the entries may have been added, the better one first."""
    text, key = tree.file.text, str(path[-1])
    there = tree.spans.get(path)
    inline = ", ".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    if there is not None:
        if there.value.start != there.value.end:
            yield _into(tree, path, f"[{inline}]", inline, block)
            return
        yield _below(text, there.value.end, block, _inside(there))
        yield _behind(text, there.value.end, f"[{inline}]")
        return
    above = tree.spans.get(path[:-1])
    if above is None:
        return
    whole, nested = f"{{{key}: [{inline}]}}", f"{key}:\n" + "".join(_indented(block))
    if above.value.start != above.value.end:
        yield _into(tree, path[:-1], whole, f"{key}: [{inline}]", nested)
        return
    yield _below(text, above.value.end, nested, _inside(above))
    yield _behind(text, above.value.end, whole)


def _inside(node: Spans) -> str:
    """The indentation of what is in the value of a key."""
    return " " * (node.key.start.column - 1 if node.key else 0) + _STEP


def _behind(text: str, end: Position, value: str) -> str:
    """Writes a value where there is none yet."""
    at = _offset(text, end)
    return f"{text[:at].rstrip(' ')} {value}{text[at:]}"


def _indented(block: str) -> Iterator[str]:
    return (_STEP + line if line.strip() else line for line in block.splitlines(keepends=True))


def _into(tree: SourceTree, path: SpecPath, whole: str, inline: str, block: str) -> str:
    """Adds to a collection: behind the last entry between brackets, or below its last line; a null is replaced."""
    text, span = tree.file.text, tree.spans[path].value
    start, end = _offset(text, span.start), _offset(text, span.end)
    if _NULL.fullmatch(text[start:end]):
        return text[:start] + whole + text[end:]
    before = _BEFORE.match(text, start, end)
    first = before.end() if before else start
    if first == end:  # an anchor of nothing
        return _behind(text, span.end, whole)
    if text[first : first + 1] not in ("[", "{"):
        return _below(text, span.end, block, " " * (first - text.rfind("\n", 0, first) - 1))
    entries = [found.value.end for at, found in tree.spans.items() if at[:-1] == path and at]
    if not entries:
        return text[: first + 1] + inline + text[first + 1 :]
    last = max(_offset(text, place) for place in entries)
    return f"{text[:last]}, {inline}{text[last:]}"


def _below(text: str, end: Position, block: str, indent: str) -> str:
    """Adds lines below the one on which something ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = "".join(f"{indent}{line}{newline}" if line else newline for line in block.splitlines())
    at = text.find("\n", _offset(text, end)) + 1
    if not at:
        return text + newline + lines
    return text[:at] + lines + text[at:]


def _offset(text: str, position: Position) -> int:
    return line_starts(text)[position.line - 1] + position.column - 1


def _document(data: Any, path: SpecPath, entries: Sequence[Any]) -> Any:
    """The document that is asked for; None where the path leads nowhere."""
    document = copy.deepcopy(data)
    parent = document
    try:
        for part in path[:-1]:
            if parent[part] is None:
                parent[part] = {}
            parent = parent[part]
        parent[path[-1]] = [*(parent.get(path[-1]) or ()), *entries]
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    return document
