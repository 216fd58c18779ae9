"""The Hadoop configuration of a stack: the files of a generated ConfigMap."""

from __future__ import annotations

from mlkc.artifact.build import text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.emit.hadoop import core_site, hdfs_site, log4j
from mlkc.emit.scope import Scope

FOLDER = "hadoop"


def configuration(scope: Scope) -> list[Artifact]:
    """Emits the files; the paths are relative to the base or the overlay."""
    plan = scope.stack.hdfs
    files = (
        ("core-site.xml", ArtifactKind.XML, core_site(plan.core_site), "coreSite"),
        ("hdfs-site.xml", ArtifactKind.XML, hdfs_site(plan.hdfs_site), "hdfsSite"),
        ("log4j.properties", ArtifactKind.TEXT, log4j(), "log4j"),
    )
    return [
        text_artifact(f"{FOLDER}/{name}", kind, text.rstrip("\n").split("\n"), scope.path("hdfs", field))
        for name, kind, text, field in files
    ]
