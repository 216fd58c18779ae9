"""From what an emitter writes down to an artifact: values are parted from their origins.

An emitter marks a value with `at(plan path, value)`. `yaml_artifact` and `text_artifact` take the marks off and
keep them as the artifact's origins. A key whose value is None is left out, so that a setting that is off leaves
no trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.text.paths import PlanPath, Pointer


class Sourced(Struct, frozen=True):
    """A value with the plan path that it comes from."""

    path: PlanPath
    value: Any


def at(path: PlanPath, value: Any) -> Any:
    """Marks `value` (a scalar or a whole subtree) as coming from `path`; None stays None."""
    return None if value is None else Sourced(path, value)


def yaml_artifact(path: str, kind: ArtifactKind, tree: Any, origin: PlanPath) -> Artifact:
    """Makes a YAML artifact whose file as a whole comes from `origin`."""
    origins: dict[Pointer, PlanPath] = {(): origin}
    return Artifact(path, kind, _strip(tree, (), origins), origins)


def text_artifact(
    path: str, kind: ArtifactKind, lines: Iterable[str | Sourced], origin: PlanPath, mode: int = 0o644
) -> Artifact:
    """Makes a text artifact of lines (each without its line end; a marked entry may hold several)."""
    origins: dict[Pointer, PlanPath] = {(): origin}
    texts: list[str] = []
    for entry in lines:
        text = entry.value if isinstance(entry, Sourced) else entry
        for line in text.split("\n"):
            texts.append(line)
            if isinstance(entry, Sourced):
                origins[(len(texts),)] = entry.path
    return Artifact(path, kind, "".join(f"{text}\n" for text in texts), origins, mode)


def _strip(node: Any, pointer: Pointer, origins: dict[Pointer, PlanPath]) -> Any:
    if isinstance(node, Sourced):
        origins[pointer] = node.path
        return _strip(node.value, pointer, origins)
    if isinstance(node, Mapping):
        return {
            key: _strip(value, (*pointer, key), origins) for key, value in node.items() if value is not None
        }
    if isinstance(node, (list, tuple)):
        kept = [value for value in node if value is not None]
        return [_strip(value, (*pointer, index), origins) for index, value in enumerate(kept)]
    return node
