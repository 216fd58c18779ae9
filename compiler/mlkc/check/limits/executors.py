"""The pods that Spark makes for itself: nobody's objects, and a quota counts them all the same.

Source: https://spark.apache.org/docs/latest/running-on-kubernetes.html, Configuration: an executor asks for
spark.executor.cores and, as request and limit, for spark.executor.memory and memoryOverhead together.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from mlkc.artifact.model import Artifact
from mlkc.check import tree
from mlkc.check.objects import ObjectSet
from mlkc.text import quantity

_FILE = "spark-defaults.conf"
_TITLE = "Spark's executors"


class Executors(Struct, frozen=True):
    """Executors of one client: how many, and what each asks for; the limit of its memory is the same."""

    title: str
    count: int
    cpu: Decimal
    memory: Decimal


def executors(given: ObjectSet, namespace: str) -> Iterator[Executors]:
    """Reads them from Spark's configuration in a namespace."""
    for where, files in _config_maps(given):
        text = files.get(_FILE)
        if where != namespace or not text:
            continue
        conf = {key: value for key, _, value in (line.partition(" ") for line in text.splitlines())}
        memory = _bytes(conf, "spark.executor.memory") + _bytes(conf, "spark.executor.memoryOverhead")
        count, cores = (conf.get(key, "1") for key in ("spark.executor.instances", "spark.executor.cores"))
        yield Executors(_TITLE, int(count), Decimal(cores), memory)


def is_template(given: ObjectSet, pod: Artifact) -> bool:
    """Tells whether a pod is a file of a ConfigMap, which nobody applies."""
    name = posixpath.basename(pod.path)
    return any(name in files for _, files in _config_maps(given))


def _config_maps(given: ObjectSet) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Namespace and files of each ConfigMap, of those that a rendering has made too."""
    for made in given.generated:
        if made.kind == "ConfigMap":
            yield made.namespace, made.data or {}
    for one in given.of("ConfigMap"):
        yield given.namespace_of(one), tree.mapping(one.body, "data")


def _bytes(conf: dict[str, str], key: str) -> Decimal:
    """Spark's `5734m` are MiB; to Kubernetes they would be thousandths."""
    value = conf.get(key, "0")
    return quantity.parse(f"{value[:-1]}{value[-1].upper()}i" if value[-1].isalpha() else value) or Decimal(0)
