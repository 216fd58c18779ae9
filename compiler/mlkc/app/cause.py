"""Where the cause of a change is looked for: in the part of a field, or the line of a file, that differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mlkc.app.compare import FieldChange
from mlkc.app.explain import Explainer, Reason
from mlkc.app.why import Compiled
from mlkc.app.why_object import Overlay
from mlkc.artifact.lines import lines, pointers
from mlkc.artifact.model import Artifact
from mlkc.text.paths import Pointer

_TELLING: Final[Mapping[str, Pointer]] = {
    "HTTPRoute": ("spec", "hostnames", 0),
    "Ingress": ("spec", "rules", 0, "host"),
    "PersistentVolumeClaim": ("spec", "resources", "requests", "storage"),
}


def inside(change: FieldChange) -> Pointer:
    """The first part that differs of a field with parts; of a new object the part that says why there is one."""
    if not change.steps:
        return _TELLING.get(change.kind, ())
    pointer, old, new = change.pointer, change.old, change.new
    while change.steps and isinstance(new, (dict, list)) and new and change.new is not None:
        parts = new.items() if isinstance(new, dict) else enumerate(new)
        key = next((key for key, value in parts if _part(old, key) != value), None)
        if key is None:
            break
        pointer, old, new = (*pointer, key), _part(old, key), new[key]
    return pointer


def _part(node: Any, key: str | int) -> Any:
    try:
        return node[key]
    except (KeyError, IndexError, TypeError):
        return None


def only_rebuilt(change: FieldChange) -> bool:
    """Tells whether an image is the same but for its tag: then what changed its files is the cause."""
    images = [str(value).rpartition(":")[0] for value in (change.old, change.new)]
    return change.steps[-1:] == ("image",) and images[0] == images[1]


def image_itself(found: Compiled, part: str) -> Reason | None:
    """Why there is an image: for one that is rebuilt, where the files that it was made of are not at hand."""
    artifact = found.output.get(f"images/{part}/Dockerfile")
    return Explainer(found.plan, found.tree).whole(artifact) if artifact else None


def line_reason(found: Compiled, overlay: Overlay, change: FieldChange) -> Reason | None:
    """The setting behind the first line that differs, of a file that a ConfigMap holds."""
    source = overlay.source(change.name, change.steps[-1]) if change.steps else None
    return first_line(Explainer(found.plan, found.tree), source, str(change.old)) if source else None


def first_line(explainer: Explainer, artifact: Artifact, old: str) -> Reason | None:
    """The setting behind the first line of a file that an old text has not, and that shows one."""
    before = set(old.split("\n"))
    for text, pointer in zip(lines(artifact), pointers(artifact), strict=True):
        reason = explainer.part(artifact, pointer)
        if text not in before and not reason.whole:
            return reason
    return None
