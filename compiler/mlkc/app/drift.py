"""What a person changed in generated files, as text to show, with every secret taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mlkc.text.mask import mask

# A change of a file longer than this many lines is cut: it is shown to be recognised, not to be applied.
_MOST_LINES: Final = 200
# Shorter values of a secret file are no secrets, and dots in place of every `a` would hide the edit.
_SHORTEST_SECRET: Final = 4
_DOTS: Final = "•" * 8
_SECRET_NAME = re.compile(
    r"name:.*(?:password|passwd|token|secret|credential|pwd|(?:api|access|private)[-_]?key)", re.IGNORECASE
)
_VALUE = re.compile(r"^([ +-]\s*(?:- )?value:\s*)\S.*$")
_SECRET_KIND = re.compile(r"^[ +-]kind:\s*Secret\s*$")
_ENTRY = re.compile(r"^([ +-]\s+[\w.-]+:\s*)\S.*$")


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
    written = (*_written_secrets(generated), *_written_secrets(found))
    shown = tuple(_masked(lines[:_MOST_LINES], "\n".join(after), (*secrets, *written)))
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


def _written_secrets(content: bytes) -> Iterator[str]:
    """What stands in a YAML file as the value of a variable with a secret's name, each line of it."""
    from yaml import YAMLError  # noqa: PLC0415

    from mlkc.artifact.yaml import load_all  # noqa: PLC0415

    try:
        waiting: list[Any] = load_all(content.decode("utf-8", "replace"))
    except (YAMLError, RecursionError):
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, Mapping):
            waiting += node.values()
            name, value = node.get("name"), node.get("value")
            if isinstance(name, str) and isinstance(value, str) and _SECRET_NAME.search(f"name: {name}"):
                yield from (
                    line.strip() for line in value.splitlines() if len(line.strip()) >= _SHORTEST_SECRET
                )


def _masked(lines: Iterable[str], whole: str, secrets: tuple[str, ...]) -> Iterator[str]:
    secret_object = any(_SECRET_KIND.match(f" {line}") for line in whole.splitlines())
    after_secret_name = False
    for line in lines:
        shown = mask(line)
        for value in secrets:
            shown = shown.replace(value, _DOTS)
        # A container's variable has its name in one line and its value in the next.
        if after_secret_name:
            shown = _VALUE.sub(rf"\1{_DOTS}", shown)
        if secret_object:
            shown = _ENTRY.sub(rf"\1{_DOTS}", shown)
        after_secret_name = bool(_SECRET_NAME.search(line))
        yield shown
