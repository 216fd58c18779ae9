"""A Dockerfile as far as its references go: instructions with their lines, flags and words.

Written against the Dockerfile reference, https://docs.docker.com/reference/dockerfile/ .
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from msgspec import Struct

_HEREDOC = re.compile(r"<<-?(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_FLAG = re.compile(r"--([a-z]+)(?:=(\S*))?\s*")


class Instruction(Struct, frozen=True):
    """One instruction.

    Attributes:
        line: where it begins, from 1.
        name: `COPY`, in capitals.
        flags: `--from=builder` as ("from", "builder"), in their order.
        words: the arguments; a text in JSON form is taken apart.
        heredocs: names of the here-documents among the words.
    """

    line: int
    name: str
    flags: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    heredocs: frozenset[str]

    def flag(self, name: str) -> str | None:
        """Returns a flag's value."""
        return next((value for key, value in self.flags if key == name), None)

    def mounts(self) -> Iterator[dict[str, str]]:
        """Yields the `--mount` flags as mappings."""
        for key, value in self.flags:
            if key == "mount":
                yield {name: text for name, _, text in (part.partition("=") for part in value.split(","))}


def instructions(text: str) -> Iterator[Instruction]:
    """Yields the instructions of a Dockerfile: comments, line continuations and here-documents are understood."""
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        first = index
        if not lines[index].strip() or lines[index].lstrip().startswith("#"):
            index += 1
            continue
        joined, index = _logical(lines, index)
        name, _, rest = joined.partition(" ")
        heredocs = (
            [match[2] for match in _HEREDOC.finditer(rest)] if name.upper() in {"RUN", "COPY", "ADD"} else []
        )
        for word in heredocs:
            while index < len(lines) and lines[index].strip() != word:
                index += 1
            index += 1
        flags, rest = _flags(rest.strip())
        yield Instruction(first + 1, name.upper(), flags, _words(rest), frozenset(heredocs))


def _logical(lines: list[str], index: int) -> tuple[str, int]:
    """Joins the lines of an instruction; returns it with the index of the next line."""
    parts: list[str] = []
    while index < len(lines):
        line = lines[index].strip()
        index += 1
        if line.startswith("#") or (parts and not line):
            continue
        if not line.endswith("\\"):
            parts.append(line)
            break
        parts.append(line[:-1].strip())
    return " ".join(part for part in parts if part), index


def _flags(rest: str) -> tuple[tuple[tuple[str, str], ...], str]:
    flags: list[tuple[str, str]] = []
    while match := _FLAG.match(rest):
        flags.append((match[1], match[2] or ""))
        rest = rest[match.end() :]
    return tuple(flags), rest


def _words(rest: str) -> tuple[str, ...]:
    if rest.startswith("["):
        try:
            found = json.loads(rest)
        except ValueError:
            return tuple(rest.split())
        return tuple(str(word) for word in found) if isinstance(found, list) else ()
    return tuple(rest.split())
