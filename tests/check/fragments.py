"""The Bad and Good fragments of a rule's docstring, as the values that the rule reads."""

from __future__ import annotations

import re
from typing import Any

import yaml

from mlkc.artifact.model import Artifact, ArtifactKind, LocalSecret, OutputTree
from mlkc.check.objects import ObjectSet, object_set
from mlkc.plan.secret import Secret, SecretFile

HEADINGS = ("What", "Why", "Bad", "Good")
_FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_PATH = re.compile(r"# (\S+)(?: \((\w+)\))?\n")


class _Loader(yaml.SafeLoader):
    pass


_Loader.add_constructor("!secret", lambda _, node: Secret(*node.value.split("/")))


def sections(doc: str) -> dict[str, str]:
    """Splits a docstring at its headings."""
    parts = re.split(rf"^({'|'.join(HEADINGS)}):", doc, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def documents(section: str) -> list[tuple[str, str, Any]]:
    """Returns (path, note, body) of each document of a fenced fragment; the path is empty when none is named."""
    match = _FENCE.search(section)
    assert match, section
    found = []
    for text in match[2].split("---\n"):
        head = _PATH.match(text)
        path, note = (head[1], head[2] or "") if head else ("", "")
        body = text[head.end() :] if head and match[1] == "dockerfile" else yaml.load(text, _Loader)  # noqa: S506
        found.append((path, note, body))
    return found


def objects(section: str) -> tuple[Artifact, ...]:
    """The documents of a fragment as Kubernetes objects."""
    return tuple(
        Artifact(path or "x.yaml", ArtifactKind.OBJECT, body) for path, _, body in documents(section)
    )


def an_object_set(section: str) -> ObjectSet:
    """The documents of a fragment as what one environment applies."""
    return object_set("default", objects(section), ())


def an_output(section: str, secrets: dict[str, tuple[str, ...]] | None = None) -> OutputTree:
    """The documents of a fragment as an output tree."""
    artifacts = tuple(Artifact(path, _kind(path, body), body) for path, _, body in documents(section))
    local = tuple(
        LocalSecret(path, SecretFile("x", path, keys, "database")) for path, keys in (secrets or {}).items()
    )
    return OutputTree(artifacts, local, {})


def _kind(path: str, body: Any) -> ArtifactKind:
    if path.endswith("Dockerfile"):
        return ArtifactKind.DOCKERFILE
    if path.endswith("kustomization.yaml"):
        return ArtifactKind.KUSTOMIZATION
    if isinstance(body, list):
        return ArtifactKind.JSON_PATCH
    return ArtifactKind.MERGE_PATCH if "patch" in path else ArtifactKind.OBJECT
