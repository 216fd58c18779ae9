"""Output files before they are bytes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from mlkc.plan.secret import SecretFile
from mlkc.text.paths import PlanPath, Pointer


class ArtifactKind(StrEnum):
    """What a file is, which says how it is checked and rendered."""

    OBJECT = "object"  # a Kubernetes object, YAML
    TEMPLATE = "template"  # an object that a program of the stack makes others from, YAML
    KUSTOMIZATION = "kustomization"  # a kustomization.yaml
    MERGE_PATCH = "merge-patch"  # a strategic merge patch, YAML
    JSON_PATCH = "json-patch"  # a JSON patch, a YAML list
    DOCKERFILE = "dockerfile"
    XML = "xml"
    TEXT = "text"


class Artifact(Struct, frozen=True):
    """One output file.

    Attributes:
        path: relative POSIX path in the output folder: `base/server-deployment.yaml`.
        kind: what it is.
        body: for the YAML kinds a tree of dict, list, str, int and bool; for the others the whole text.
        origins: where its parts come from. In YAML keyed by pointer, in text by `(line,)` counted from 1;
            a part that is not there has the origin of its nearest parent, and `()` that of the file.
        mode: permission bits.
    """

    path: str
    kind: ArtifactKind
    body: Any
    origins: Mapping[Pointer, PlanPath] = field(default_factory=dict)
    mode: int = 0o644

    def origin(self, pointer: Pointer) -> PlanPath:
        """Returns the plan path that made the part at `pointer`; empty if the artifact names none."""
        for length in range(len(pointer), -1, -1):
            found = self.origins.get(pointer[:length])
            if found is not None:
                return found
        return ()


class LocalSecret(Struct, frozen=True):
    """A secret file of an overlay that is made once on this machine.

    Attributes:
        path: relative to the output folder.
        secret: what is in it.
        encrypted: a file of the repository that it is decrypted from; None where it is on this machine only.
    """

    path: str
    secret: SecretFile
    encrypted: str | None = None


class OutputTree(Struct, frozen=True):
    """All that a compile writes.

    Attributes:
        artifacts: the files, in the order of their paths.
        secrets: local files that are made when they are missing, and never rewritten.
        intended: environment → the objects that its overlay must render to, before the user's patches; the proof
            that an overlay says what was meant.
        provided: files and folders that the user puts into build folders.
    """

    artifacts: tuple[Artifact, ...]
    secrets: tuple[LocalSecret, ...]
    intended: Mapping[str, tuple[Artifact, ...]]
    provided: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    def is_provided(self, path: str) -> bool:
        """Tells whether the user puts this file into a build folder, by itself or in a folder."""
        return any(path == own or path.startswith(f"{own}/") for own in self.provided)

    def get(self, path: str) -> Artifact | None:
        """Returns the file at `path`, if there is one."""
        return next((artifact for artifact in self.artifacts if artifact.path == path), None)
