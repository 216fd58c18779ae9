"""Spark on Kubernetes in client mode: what a driver asks of the API server, its ports, and what an executor needs."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Setting(Struct, frozen=True):
    """One fact.

    Attributes:
        name: what it is.
        value: the number, the version or the words.
    """

    name: str
    value: str
    source: Source
    doubts: tuple[str, ...] = ()


class Right(Struct, frozen=True):
    """What a driver does with a kind of object of the core API group, and so what its Role must allow.

    Attributes:
        resource: plural name of the kind.
        verbs: what is done.
    """

    resource: str
    verbs: tuple[str, ...]
    source: Source
    doubts: tuple[str, ...] = ()


_RUN: Final = Source(
    "seen",
    "pyspark 3.5.8 in client mode against kube-apiserver 1.37 with RBAC and Pod Security restricted",
    "2026-11",
)
_CODE: Final = Source(
    "read",
    "apache/spark: UnifiedMemoryManager, ResourceProfile and BasicExecutorFeatureStep; "
    "Running Spark on Kubernetes, Client Mode",
    "2026-11",
)

#: MiB of Java heap below which no executor starts: one and a half times the 300 MiB that Spark keeps for itself.
LEAST_HEAP: Final = 450
#: MiB beside the heap that Spark asks for at least.
LEAST_OVERHEAD: Final = 384
#: The oldest Spark whose executors are started by `spark-executor`.
OLDEST: Final = "3.5"
#: The driver's port, and that of its blocks; several notebooks take the next ones.
DRIVER_PORT: Final = 7078
DRIVER_BLOCK_PORT: Final = 7090
#: An executor's port.
BLOCK_PORT: Final = 7079
#: How many sessions may run in the client at a time.
SESSIONS: Final = 4

# The Role of Spark's own page has persistentvolumeclaims and services too: a driver that is told to leave claims
# (spark.kubernetes.driver.ownPersistentVolumeClaim) and its service alone never asks for either.
RIGHTS: Final = (
    Right("pods", ("create", "get", "list", "watch", "delete", "deletecollection"), _RUN),
    Right("configmaps", ("create", "deletecollection"), _RUN),
)

SETTINGS: Final = (
    Setting("least heap of an executor, MiB", str(LEAST_HEAP), _CODE),
    Setting("least memory beside the heap, MiB", str(LEAST_OVERHEAD), _CODE),
    Setting("oldest Spark with pod templates and this command line of an executor", OLDEST, _RUN),
    Setting("port of a driver (spark.driver.port)", str(DRIVER_PORT), _CODE),
    Setting("port of a driver's blocks (spark.driver.blockManager.port)", str(DRIVER_BLOCK_PORT), _RUN),
    Setting("port of an executor's blocks (spark.blockManager.port)", str(BLOCK_PORT), _CODE),
    Setting("sessions at a time (spark.port.maxRetries, plus one)", str(SESSIONS), _RUN),
    Setting("where an executor gets the files of the driver's SPARK_CONF_DIR", "/opt/spark/conf", _RUN),
    Setting("volumes of a pod template that a shuffle writes to", "spark-local-dir-*", _RUN),
)
