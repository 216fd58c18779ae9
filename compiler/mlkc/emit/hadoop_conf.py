"""The generated ConfigMaps of a stack: the Hadoop configuration, and Spark's where it has executors."""

from __future__ import annotations

from msgspec import Struct

from mlkc.artifact.build import text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.emit.hadoop import log4j, site
from mlkc.emit.scope import Scope
from mlkc.plan.kerberos import KerberosPlan
from mlkc.plan.stack import StackPlan

FOLDER = "hadoop"


class ConfigMap(Struct, frozen=True):
    """One generated ConfigMap.

    Attributes:
        name: its name, without the hash.
        component: the label of what it is for.
        files: its files; the paths are relative to the base or the overlay.
    """

    name: str
    component: str
    files: list[Artifact]


def config_maps(scope: Scope) -> list[ConfigMap]:
    """Emits the ConfigMaps of a stack."""
    client = scope.stack.client
    found = [ConfigMap(scope.stack.hdfs.config_map, "hadoop", configuration(scope))]
    if client is not None and client.spark is not None:
        from mlkc.emit import spark_conf  # noqa: PLC0415  few clients have it

        files = spark_conf.configuration(scope, client, client.spark)
        found.append(ConfigMap(client.spark.config_map, "client", files))
    return found


def has_spark(stack: StackPlan) -> bool:
    """Tells whether the stack's client has executors of its own."""
    return stack.client is not None and stack.client.spark is not None


def configuration(scope: Scope) -> list[Artifact]:
    """Emits the files; the paths are relative to the base or the overlay."""
    plan = scope.stack.hdfs
    core, hdfs = scope.path("hdfs", "coreSite"), scope.path("hdfs", "hdfsSite")
    lines = log4j().rstrip("\n").split("\n")
    return [
        text_artifact(f"{FOLDER}/core-site.xml", ArtifactKind.XML, site(plan.core_site, core), core),
        text_artifact(f"{FOLDER}/hdfs-site.xml", ArtifactKind.XML, site(plan.hdfs_site, hdfs), hdfs),
        text_artifact(f"{FOLDER}/log4j.properties", ArtifactKind.TEXT, lines, scope.path("hdfs", "log4j")),
        *_kerberos(scope, plan.kerberos),
    ]


def _kerberos(scope: Scope, kerberos: KerberosPlan | None) -> list[Artifact]:
    if kerberos is None:
        return []
    from mlkc.emit.objects.kerberos import FILE, krb5_conf  # noqa: PLC0415  only where the spec has it

    path = scope.path("hdfs", "kerberos")
    lines = krb5_conf(kerberos).rstrip("\n").split("\n")
    return [text_artifact(f"{FOLDER}/{FILE}", ArtifactKind.TEXT, lines, path)]
