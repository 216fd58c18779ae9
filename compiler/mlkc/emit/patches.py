"""The user's patches as files and as entries of a kustomization."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.plan.plan import PatchPlan
from mlkc.text.paths import PlanPath

FOLDER = "patches"


def patch_files(
    folder: str, patches: Sequence[PatchPlan], known: Iterable[Artifact], origin: PlanPath
) -> tuple[list[Artifact], list[dict[str, Any]]]:
    """Emits a file and a kustomization entry for each patch.

    Args:
        folder: `base` or `overlays/NAME`.
        patches: in the order in which they apply.
        known: the objects that can be patched.
        origin: plan path of the list of patches.
    """
    files: list[Artifact] = []
    entries: list[dict[str, Any]] = []
    versions = {(o.body["kind"], o.body["metadata"]["name"]): o.body["apiVersion"] for o in known}
    for index, patch in enumerate(patches):
        name = f"{FOLDER}/{index + 1:02}-{patch.kind.lower()}-{patch.name}.yaml"
        source = (*origin, index)
        kind, body = ArtifactKind.JSON_PATCH, [dict(operation) for operation in patch.operations]
        if patch.merge is not None:
            kind, body = (
                ArtifactKind.MERGE_PATCH,
                _identified(patch, versions.get((patch.kind, patch.name), "v1")),
            )
        files.append(Artifact(f"{folder}/{name}", kind, body, {(): source}))
        entries.append({"path": name, "target": {"kind": patch.kind, "name": patch.name}})
    return files, entries


def _identified(patch: PatchPlan, api_version: str) -> Any:
    """The body with the object's identity, which Kustomize wants even where a target names it."""
    body = dict(patch.merge or {})
    written = body.pop("metadata", None) or {}
    # What is no mapping is refused by the checks, which read the patch as it is written out.
    metadata = {**written, "name": patch.name} if isinstance(written, Mapping) else written
    body.pop("apiVersion", None)
    body.pop("kind", None)
    return {"apiVersion": api_version, "kind": patch.kind, "metadata": metadata, **body}
