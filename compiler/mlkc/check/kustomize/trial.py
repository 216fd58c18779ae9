"""Which of the user's patches make a rendering fail: tried out, since Kustomize's messages don't always name one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlkc.artifact.model import Artifact
from mlkc.artifact.render import render
from mlkc.check import tree
from mlkc.check.kustomize.layout import Folder, bases
from mlkc.check.kustomize.rendering import Rendered, Rendering


class UserPatch(Struct, frozen=True):
    """A patch of the user's in a kustomization.

    Attributes:
        folder: whose kustomization lists it.
        index: its place in the list of patches.
        artifact: its file.
    """

    folder: Folder
    index: int
    artifact: Artifact


def user_patches(folder: Folder, known: dict[str, Folder]) -> Iterator[UserPatch]:
    """Yields the user's patches that go into an overlay, in the order in which they apply."""
    for part in reversed(list(bases(folder, known))):
        for index, entry in tree.entries(part.kustomization.body, "patches"):
            artifact = part.files.get(part.resolve(tree.text(entry, "path")))
            # A patch of the compiler's own comes from a field of the plan, not from the list of patches.
            if artifact is not None and "patches" in artifact.origin(()):
                yield UserPatch(part, index, artifact)


def culprits(
    environment: str, rendering: Rendering, folder: Folder, known: dict[str, Folder]
) -> list[tuple[UserPatch, str]]:
    """Renders without any of the user's patches, then adds them one by one and keeps those that go well.

    Returns:
        The patches that make it fail, with what Kustomize says; empty when it fails without them too.
    """
    patches = list(user_patches(folder, known))
    if not patches or _try(environment, rendering, folder, known, patches).failed:
        return []
    left_out = list(patches)
    found = []
    for patch in patches:
        without = [other for other in left_out if other is not patch]
        result = _try(environment, rendering, folder, known, without)
        if result.failed:
            found.append((patch, result.stderr))
        else:
            left_out = without
    return found


def _try(
    environment: str,
    rendering: Rendering,
    folder: Folder,
    known: dict[str, Folder],
    left_out: list[UserPatch],
) -> Rendered:
    files = {}
    for part in bases(folder, known):
        omitted = {patch.index for patch in left_out if patch.folder.path == part.path}
        artifact = part.kustomization
        kept = [entry for index, entry in enumerate(artifact.body.get("patches", [])) if index not in omitted]
        body = {**artifact.body, "patches": kept}
        files[artifact.path] = render(Artifact(artifact.path, artifact.kind, body))
    return rendering.again(environment, files)
