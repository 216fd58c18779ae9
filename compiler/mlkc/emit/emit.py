"""Plan to output tree."""

from __future__ import annotations

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.emit.base import base
from mlkc.emit.image import content_tag, emit_images
from mlkc.emit.overlay import overlay
from mlkc.plan.images.model import ImageBuild
from mlkc.plan.plan import Plan

# Local secret files must not be committed, whatever the repository around the output ignores.
_IGNORE = Artifact("overlays/.gitignore", ArtifactKind.TEXT, "*secrets.env\n")


def emit(plan: Plan) -> OutputTree:
    """Emits the base, the overlays and the image folders."""
    images = emit_images(plan.images)
    tags: dict[str, str] = {
        build.name: content_tag(
            [file for file in images if file.path.startswith(f"{build.folder}/")], plan.base.mlflow
        )
        for build in plan.images
    }
    base_files, base_objects = base(plan)
    overlays = [overlay(plan, environment, base_objects, tags) for environment in plan.environments]
    asked = any(one.delivery for one in (plan.base, *(env.stack for env in plan.environments)))
    files = [*base_files, *images, _IGNORE, *(file for one in overlays for file in one.files)]
    if asked:
        from mlkc.emit.delivery import delivery_files  # noqa: PLC0415  few stacks ask

        files += delivery_files(plan, tags)
    return OutputTree(
        artifacts=tuple(sorted(files, key=lambda file: file.path)),
        secrets=tuple(secret for one in overlays for secret in one.secrets),
        intended={env.name: one.intended for env, one in zip(plan.environments, overlays, strict=True)},
        provided=tuple(path for build in plan.images for path in _provided(build)),
        tags=tags,
    )


def _provided(build: ImageBuild) -> list[str]:
    """What the user puts into a build folder."""
    tarball = [] if build.hadoop.urls else [f"{build.folder}/{build.hadoop.tarball}"]
    return [*tarball, *([f"{build.folder}/{build.source.folder}"] if build.source else [])]
