"""What a person changed in generated files, as text to show, with every secret taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from mlkc.text.mask import mask
from mlkc.text.secret_names import may_be_secret

# A change of a file longer than this many lines is cut: it is shown to be recognised, not to be applied.
_MOST_LINES: Final = 200
# Shorter values of a secret file are no secrets, and dots in place of every `a` would hide the edit.
_SHORTEST_SECRET: Final = 4
_DOTS: Final = "•" * 8
_HUNK: Final = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_IN_SECRETS: Final = ("data", "stringData")


def edit(path: str, generated: bytes, found: bytes, secrets: Iterable[str]) -> tuple[str, ...]:
    """Shows an edit as a unified diff from the generated text to the found one.

    Args:
        path: the file, for the diff's header.
        generated: what the spec compiles to.
        found: what is on the disk.
        secrets: values that must not be shown.

    Returns:
        The diff's lines without their ends; values that are or look like secrets are dots.
    """
    from difflib import unified_diff  # noqa: PLC0415  only an edited file needs it

    before = generated.decode("utf-8", "replace").splitlines()
    after = found.decode("utf-8", "replace").splitlines()
    lines = list(unified_diff(before, after, f"{path} (generated)", f"{path} (edited)", lineterm=""))
    if not lines:
        return ("only line ends or the end of the file differ",)
    yaml = path.endswith((".yaml", ".yml"))
    hidden = (_hidden(before), _hidden(after)) if yaml else ({}, {})
    shown = tuple(_masked(lines[:_MOST_LINES], *hidden, tuple(secrets)))
    more = len(lines) - len(shown)
    return (*shown, f"… and {more} more lines") if more > 0 else shown


def secret_values(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Reads the values of local secret files, the longest first; a file that can't be read has none."""
    values: set[str] = set()
    for path in paths:
        try:
            text = (root / path).read_text("utf-8", "replace")
        except OSError:
            continue
        values |= {line.partition("=")[2].strip().strip("'\"") for line in text.splitlines()}
    return tuple(sorted((v for v in values if len(v) >= _SHORTEST_SECRET), key=len, reverse=True))


def _hidden(lines: list[str]) -> dict[int, int]:
    """Where secrets stand in a YAML file, by what the parser says and not by how they are written.

    Returns:
        Number of a line, from 0 → the column from which on it is not shown. All lines whole where it is no YAML.
    """
    from yaml import CSafeLoader, MappingNode, ScalarNode, SequenceNode, YAMLError, compose_all  # noqa: PLC0415

    found: dict[int, int] = {}
    try:
        waiting = [(node, False) for node in compose_all("\n".join(lines), CSafeLoader)]
    except (YAMLError, RecursionError):
        return dict.fromkeys(range(len(lines)), 0)
    seen: set[tuple[int, bool]] = set()
    while waiting:
        node, secret = waiting.pop()
        # An alias is the node itself, perhaps within it.
        if (id(node), secret) in seen:
            continue
        seen.add((id(node), secret))
        if isinstance(node, SequenceNode):
            waiting += [(entry, secret) for entry in node.value]
        elif isinstance(node, MappingNode):
            plain = [(key, value) for key, value in node.value if isinstance(key, ScalarNode)]
            texts = {key.value: value.value for key, value in plain if isinstance(value, ScalarNode)}
            variable = may_be_secret(str(texts.get("name", "")))
            for key, value in plain:
                of_secret = texts.get("kind") == "Secret" and key.value in _IN_SECRETS
                waiting.append((value, secret or of_secret or (variable and key.value == "value")))
        elif secret:
            # A block ends where the next line begins.
            last = node.end_mark.line - (
                node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
            )
            for number in range(node.start_mark.line, last + 1):
                column = node.start_mark.column if number == node.start_mark.line else 0
                found[number] = min(column, found.get(number, column))
    return found


def _masked(
    lines: Iterable[str], before: Mapping[int, int], after: Mapping[int, int], secrets: tuple[str, ...]
) -> Iterator[str]:
    """The lines of a unified diff, with the places of both files that are not to be shown."""
    old = new = 0
    for number, line in enumerate(lines):
        hunk = _HUNK.match(line)
        if hunk:
            old, new = int(hunk[1]) - 1, int(hunk[2]) - 1
        if hunk or number < len(("---", "+++")):
            yield line
            continue
        columns = [before.get(old)] if line[0] != "+" else []
        columns += [after.get(new)] if line[0] != "-" else []
        old, new = old + (line[0] != "+"), new + (line[0] != "-")
        hidden = [column for column in columns if column is not None]
        if hidden:
            text = line[1:]
            column = max(min(hidden), len(text) - len(text.lstrip()))
            line = f"{line[0]}{text[:column]}{_DOTS}"  # noqa: PLW2901
        for value in secrets:
            line = line.replace(value, _DOTS)  # noqa: PLW2901
        yield mask(line)
