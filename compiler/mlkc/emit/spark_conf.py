"""Spark's configuration: the files of a generated ConfigMap, which the client mounts as SPARK_CONF_DIR."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.build import text_artifact, yaml_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.artifact.render import HEADER
from mlkc.catalog import spark_cluster as facts
from mlkc.emit.objects.kerberos import FILE, KEYTAB
from mlkc.emit.objects.spark import (
    CONF_DIR,
    EXECUTOR_CONF_DIR,
    IMAGE_VARIABLE,
    POD_VARIABLE,
    TEMPLATE,
    template,
)
from mlkc.emit.scope import Scope
from mlkc.plan.spark import SparkPlan
from mlkc.plan.stack import ClientPlan, HdfsPlan

FOLDER = "spark"


def configuration(scope: Scope, client: ClientPlan, spark: SparkPlan) -> list[Artifact]:
    """Emits the files; the paths are relative to the base or the overlay."""
    settings = [
        scope.at("client", "spark", field, value=f"{key} {value}") if field else f"{key} {value}"
        for key, value, field in _settings(scope, spark)
    ]
    return [
        text_artifact(
            f"{FOLDER}/spark-defaults.conf",
            ArtifactKind.TEXT,
            [HEADER.rstrip("\n"), *settings],
            scope.path("client", "spark"),
        ),
        yaml_artifact(
            f"{FOLDER}/{TEMPLATE}",
            ArtifactKind.TEMPLATE,
            template(scope, client, spark),
            scope.path("client", "spark"),
        ),
    ]


def _settings(scope: Scope, spark: SparkPlan) -> list[tuple[str, str, str]]:
    """Key, value and the field of the plan, in the order of the keys.

    The fabric8 client of Spark finds the API server's certificate and the token at their usual places in a pod, and
    reads the token again when it was renewed, which it would not do with a file named here.
    """
    found = [
        ("spark.master", "k8s://https://kubernetes.default.svc:443", ""),
        ("spark.submit.deployMode", "client", ""),
        ("spark.kubernetes.namespace", scope.stack.namespace, ""),
        ("spark.kubernetes.container.image", f"${{env:{IMAGE_VARIABLE}}}", ""),
        # Kubernetes deletes the executors of a client that is gone.
        ("spark.kubernetes.driver.pod.name", f"${{env:{POD_VARIABLE}}}", ""),
        ("spark.kubernetes.executor.podTemplateFile", f"{CONF_DIR}/{TEMPLATE}", ""),
        ("spark.kubernetes.executor.podTemplateContainerName", "executor", ""),
        # What the client's Role does not allow is not asked for.
        ("spark.kubernetes.driver.ownPersistentVolumeClaim", "false", ""),
        ("spark.kubernetes.driver.reusePersistentVolumeClaim", "false", ""),
        ("spark.kubernetes.driver.service.deleteOnTermination", "false", ""),
        ("spark.authenticate", "true", ""),
        ("spark.network.crypto.enabled", "true", ""),
        ("spark.ui.killEnabled", "false", ""),
        ("spark.driver.bindAddress", "0.0.0.0", ""),  # noqa: S104  a pod has its own addresses
        ("spark.driver.host", spark.host, "host"),
        ("spark.driver.port", str(facts.DRIVER_PORT), ""),
        ("spark.driver.blockManager.port", str(facts.DRIVER_BLOCK_PORT), ""),
        ("spark.blockManager.port", str(facts.BLOCK_PORT), ""),
        ("spark.port.maxRetries", str(facts.SESSIONS - 1), ""),
        ("spark.executor.instances", str(spark.executors), "executors"),
        ("spark.executor.cores", str(spark.cores), "cores"),
        ("spark.executor.memory", f"{spark.heap}m", "heap"),
        ("spark.executor.memoryOverhead", f"{spark.overhead}m", "overhead"),
    ]
    kerberos = scope.stack.hdfs.kerberos
    if kerberos is not None:
        # The driver gets tokens of HDFS for its executors, so that the keytab stays with it.
        found += [
            ("spark.kerberos.principal", kerberos.principal, ""),
            ("spark.kerberos.keytab", KEYTAB, ""),
            ("spark.executor.extraJavaOptions", f"-Djava.security.krb5.conf={EXECUTOR_CONF_DIR}/{FILE}", ""),
        ]
        # Those of the default file system and of its mounts it gets by itself.
        others = ",".join(f"hdfs://{service}" for service in _other_services(scope.stack.hdfs))
        found += [("spark.kerberos.access.hadoopFileSystems", others, "")] if others else []
    return sorted(found)


def _other_services(hdfs: HdfsPlan) -> Iterator[str]:
    """Name services that are neither the default file system nor mounted in it."""
    core = dict(hdfs.core_site)
    mounts = (value for key, value in hdfs.core_site if key.startswith("fs.viewfs.mounttable."))
    met = {uri.removeprefix("hdfs://").partition("/")[0] for uri in (core["fs.defaultFS"], *mounts)}
    services = dict(hdfs.hdfs_site).get("dfs.nameservices", "").split(",")
    yield from (service for service in services if service and service not in met)
