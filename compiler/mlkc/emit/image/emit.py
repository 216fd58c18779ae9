"""Build plans to artifacts."""

from __future__ import annotations

from collections.abc import Iterable

from mlkc.artifact.build import text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.artifact.render import HEADER
from mlkc.emit.image import stages
from mlkc.emit.image.context import files
from mlkc.emit.image.final import final
from mlkc.emit.image.syntax import Line, comment
from mlkc.plan.images.model import ImageBuild


def emit_images(builds: Iterable[ImageBuild]) -> tuple[Artifact, ...]:
    """Emits the build folders, in the order of their paths."""
    found = [artifact for build in builds for artifact in (_dockerfile(build), *files(build))]
    return tuple(sorted(found, key=lambda artifact: artifact.path))


def _dockerfile(build: ImageBuild) -> Artifact:
    parts = (stages.base, stages.java, _source, stages.packages, stages.hadoop, final)
    lines: list[Line] = [HEADER.rstrip("\n"), comment(_summary(build))]
    for part in parts:
        written = part(build)
        if written:
            lines += ["", *written]
    return text_artifact(f"{build.folder}/Dockerfile", ArtifactKind.DOCKERFILE, lines, ("images", build.name))


def _source(build: ImageBuild) -> list[Line]:
    if build.source is None:
        return []
    from mlkc.emit.image.source import source  # noqa: PLC0415  only where the spec has it

    return source(build)


def _summary(build: ImageBuild) -> str:
    return (
        f"{build.title}: MLflow {build.mlflow}, Python {build.python.series}, Java {build.java.major}, "
        f"Hadoop {build.hadoop.version}, Debian {build.debian}."
    )
