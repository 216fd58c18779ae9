"""The words of a Dockerfile: quoting, exec forms, and the layout of long instructions.

Values from the spec are plain by their types. This file refuses or quotes them all the same, so that no value can
end an instruction or start a command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from mlkc.artifact.build import Sourced
from mlkc.text.paths import PlanPath

Line = str | Sourced

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@%+,~*^-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def word(text: str) -> str:
    """Quotes an argument for the shell; a plain one, an apt glob among them, stays as it is.

    Raises:
        ValueError: `text` would end the line; a bug, since types refuse such a value.
    """
    if _PLAIN.fullmatch(text):
        return text
    _one_line(text)
    return "'" + text.replace("'", "'\"'\"'") + "'"


def value(text: str) -> str:
    """Quotes a value of ENV or LABEL, in which Docker expands variables.

    Raises:
        ValueError: `text` would end the line.
    """
    if _PLAIN.fullmatch(text):
        return text
    _one_line(text)
    return '"' + re.sub(r'(["$\\])', r"\\\1", text) + '"'


def image(text: str) -> str:
    """Checks an image reference, which no quoting could protect.

    Raises:
        ValueError: it is none.
    """
    if not re.fullmatch(r"[A-Za-z0-9_./:@\[\]-]+", text):
        raise ValueError(f"not an image reference: {text!r}")
    return text


def exec_form(arguments: Iterable[str]) -> str:
    """Writes a command as a JSON list, which no shell reads."""
    return json.dumps(list(arguments))


def comment(text: str) -> str:
    """Writes a comment line.

    Raises:
        ValueError: `text` would end the line.
    """
    _one_line(text)
    return f"# {text}"


def bind(source: str, target: str) -> str:
    """Writes the option of RUN that shows a file of the build folder for the time of one command."""
    return f"--mount=type=bind,source={word(source)},target={word(target)}"


def run(commands: Sequence[str], mounts: Sequence[str] = (), path: PlanPath | None = None) -> list[Line]:
    """Writes one RUN: mounts and commands each on its own line; the lines are marked as coming from `path`.

    A line end in a command continues it on an indented line.
    """
    parts = [*mounts, commands[0], *(f"&& {command}" for command in commands[1:])]
    lines = [line for part in parts for line in part.replace("\n", "\n    ").split("\n")]
    return mark(path, _continued([f"RUN {lines[0]}", *(f"    {line}" for line in lines[1:])]))


def pairs(instruction: str, entries: Sequence[tuple[str, str, PlanPath]]) -> list[Line]:
    """Writes ENV or LABEL with a line for each pair of a name and a quoted value, each with its origin."""
    indent = " " * (len(instruction) + 1)
    lines = [
        f"{instruction if position == 0 else ''}{' ' if position == 0 else indent}{name}={text}"
        for position, (name, text, _) in enumerate(entries)
    ]
    paths = [path for *_, path in entries]
    return [Sourced(path, line) for path, line in zip(paths, _continued(lines), strict=True)]


def mark(path: PlanPath | None, lines: Sequence[str]) -> list[Line]:
    """Marks every line as coming from `path`."""
    return [line if path is None else Sourced(path, line) for line in lines]


def _continued(lines: Sequence[str]) -> list[str]:
    return [*(f"{line} \\" for line in lines[:-1]), lines[-1]]


def _one_line(text: str) -> None:
    if _CONTROL.search(text):
        raise ValueError(f"a control character in {text!r}")
