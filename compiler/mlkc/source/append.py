"""Adding entries to a list of a spec's text, in which every other character stays what it is.

As in `edit`, the text is changed and not dumped again: a round trip of the document would lay out anew what it does not
keep. The new text is read, and must be the old document with just the new entries.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlkc.source.edit import same
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile, line_starts

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.text.paths import SpecPath
    from mlkc.text.span import Position

_STEP = "  "


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
    text = _added(tree, path, entries, block)
    wanted = _document(tree.data, path, entries)
    if text is None or wanted is None:
        return None
    read = parse(SourceFile(tree.file.name, text))
    if read.failed or read.value is None:
        return None
    return text if same(read.value.data, wanted) else None


def _added(tree: SourceTree, path: SpecPath, entries: Sequence[Any], block: str) -> str | None:
    text, key = tree.file.text, str(path[-1])
    there = tree.spans.get(path)
    inline = ", ".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    if there is not None:
        if there.value.start != there.value.end:
            return _into(text, there.value.start, there.value.end, inline, block)
        column = there.key.start.column if there.key else 1
        return _below(text, there.value.end, block, " " * (column - 1) + _STEP)
    above = tree.spans.get(path[:-1])
    if above is None:
        return None
    nested = f"{key}:\n" + "".join(_indented(block))
    if above.value.start != above.value.end:
        return _into(text, above.value.start, above.value.end, f"{key}: [{inline}]", nested)
    return _below(
        text, above.value.end, nested, " " * (above.key.start.column - 1 if above.key else 0) + _STEP
    )


def _indented(block: str) -> Iterator[str]:
    return (_STEP + line if line.strip() else line for line in block.splitlines(keepends=True))


def _into(text: str, start: Position, end: Position, inline: str, block: str) -> str:
    """Adds to a collection: before the bracket that closes it, or below its last line."""
    first, last = _offset(text, start), _offset(text, end)
    if text[first] not in "[{":
        return _below(text, end, block, " " * (start.column - 1))
    inside = text[first + 1 : last - 1].rstrip()
    comma = "" if not inside.strip() or inside.endswith(",") else ","
    blank = " " if inside.strip() else ""
    return text[: first + 1] + inside + comma + blank + inline + text[first + 1 + len(inside) :]


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
