"""The files of a build folder beside its Dockerfile."""

from __future__ import annotations

from pathlib import Path

from mlkc.artifact.build import at, text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.artifact.render import HEADER
from mlkc.emit import hadoop
from mlkc.emit.image.syntax import Line
from mlkc.plan.images.model import ImageBuild
from mlkc.text.paths import PlanPath

_PROGRAMS = Path(__file__).parent / "files"
_GENERATED = HEADER.rstrip("\n")


def files(build: ImageBuild) -> list[Artifact]:
    """All of them."""
    return [*_python(build), *_conda(build), *_sources(build), *_hadoop(build), *_programs(build)]


def _text(
    build: ImageBuild, name: str, lines: list[Line], origin: PlanPath, kind: ArtifactKind = ArtifactKind.TEXT
) -> Artifact:
    return text_artifact(f"{build.folder}/{name}", kind, lines, origin)


def _python(build: ImageBuild) -> list[Artifact]:
    python = build.python
    # A wheel of our own takes MLflow's place.
    listed = [one for one in python.requirements if build.source is None or one.path != ("mlflow", "version")]
    requirements: list[Line] = [at(entry.path, entry.text) for entry in listed]
    about = (
        "# Versions of all that the requirements need in turn."
        if python.locked
        else "# Limits on what the requirements need in turn; mlkc has no full list of versions for them."
    )
    found = [
        _text(build, "requirements.txt", [_GENERATED, *requirements], ("images", build.name, "packages")),
        _text(build, "constraints.txt", [_GENERATED, about, *python.constraints], ("mlflow", "version")),
    ]
    if python.index is not None:
        lines: list[Line] = [_GENERATED, "[global]", f"index-url = {python.index.url}"]
        if python.index.trusted is not None:
            lines.append(f"trusted-host = {python.index.trusted}")
        found.append(_text(build, "pip.conf", lines, ("mirrors", "pip")))
    return found


def _conda(build: ImageBuild) -> list[Artifact]:
    conda = build.conda
    if conda is None:
        return []
    found = [_text(build, ".condarc", [_GENERATED, *conda.condarc], conda.condarc_path)]
    if conda.installer is not None:
        line = f"{conda.installer.sha256}  /tmp/miniconda.sh"
        found.append(_text(build, "miniconda.sha256", [line], ("images", "conda", "installer")))
    return found


def _sources(build: ImageBuild) -> list[Artifact]:
    sources = build.sources
    if sources is None:
        return []
    return [_text(build, sources.file, [_GENERATED, sources.text], sources.path)]


def _hadoop(build: ImageBuild) -> list[Artifact]:
    client = build.hadoop
    core = hadoop.site(client.core_site, ("hdfs", "coreSite"))
    hdfs = hadoop.site(client.hdfs_site, ("hdfs", "hdfsSite"))
    found = [
        _text(build, "core-site.xml", core, ("hdfs", "nameNode"), ArtifactKind.XML),
        _text(build, "hdfs-site.xml", hdfs, ("hdfs",), ArtifactKind.XML),
        _text(build, "log4j.properties", _lines(hadoop.log4j()), ("hdfs",)),
    ]
    if client.sha512 is not None:
        line = f"{client.sha512}  {client.tarball}"
        found.append(_text(build, "hadoop.sha512", [line], ("images", "hadoop")))
    return found


def _lines(text: str) -> list[Line]:
    return list(text.rstrip("\n").split("\n"))


def _programs(build: ImageBuild) -> list[Artifact]:
    return [
        Artifact(
            f"{build.folder}/{program.file}",
            ArtifactKind.TEXT,
            (_PROGRAMS / program.file).read_text(encoding="utf-8"),
            {(): ("images", build.name)},
            0o755,
        )
        for program in build.programs
    ]
