"""Which part of an artifact each line of its file shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml import CSafeLoader

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.artifact.render import render
from mlkc.text.paths import Pointer

_TEXTS = frozenset({ArtifactKind.DOCKERFILE, ArtifactKind.XML, ArtifactKind.TEXT})


def lines(artifact: Artifact) -> tuple[str, ...]:
    """Returns the lines of the file, without their ends.

    Raises:
        SecretLeakError: a secret stands in the body.
    """
    return tuple(render(artifact).decode().removesuffix("\n").split("\n"))


def pointers(artifact: Artifact) -> tuple[Pointer, ...]:
    """Returns for each line of the file the part that begins on it or goes on there, the innermost one.

    In a text that is `(line,)`; in YAML the header has the empty pointer.
    """
    count = len(lines(artifact))
    if artifact.kind in _TEXTS:
        return tuple((number,) for number in range(1, count + 1))
    root = yaml.compose(render(artifact).decode(), Loader=CSafeLoader)
    begins = dict(_walk(root, ()))
    found: list[Pointer] = []
    for number in range(count):
        found.append(begins.get(number, found[-1] if found else ()))
    return tuple(found)


def _walk(node: Any, pointer: Pointer) -> Iterator[tuple[int, Pointer]]:
    """Yields line (from 0) and pointer of every part, outer parts first."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*pointer, key.value)
            yield key.start_mark.line, inner
            yield from _walk(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            inner = (*pointer, index)
            yield value.start_mark.line, inner
            yield from _walk(value, inner)
