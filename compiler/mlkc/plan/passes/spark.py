"""Spark on the cluster: what its driver in the client and its executors are told, and what can't work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mlkc.catalog import spark as releases
from mlkc.catalog import spark_cluster as facts
from mlkc.catalog.version import at_least
from mlkc.diag import fact_codes as codes
from mlkc.diag.codes import CLASHING_OBJECTS
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.life import resolve_pods
from mlkc.plan.spark import SparkPlan
from mlkc.plan.stack import StackPlan
from mlkc.text import quantity
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.plan.images.model import ImageBuild
    from mlkc.source.tree import SourceTree
    from mlkc.spec.spark import Spark

_MIB = 1024 * 1024
# Python's workers and what Java has beside its heap; Spark's own share for Python jobs is 0.4 of the heap.
_HEAP_SHARE = 0.7


def resolve_spark(spark: Spark, client: str, stack: str, namespace: str) -> SparkPlan:
    """Computes the settings of an executor.

    Args:
        spark: the section.
        client: name of the client's objects.
        stack: name of the stack.
        namespace: where it runs.
    """
    total = int((quantity.parse(spark.memory) or 0) // _MIB)
    overhead = max(total - int(total * _HEAP_SHARE), facts.LEAST_OVERHEAD)
    service = f"{client}-driver"
    return SparkPlan(
        account=client,
        service=service,
        host=f"{service}.{namespace}.svc",
        config_map=f"{stack}-spark",
        executors=spark.executors,
        cores=spark.cores,
        heap=total - overhead,
        overhead=overhead,
        scratch=spark.scratch,
        pods=resolve_pods(spark.pods),
    )


def check_spark(
    environment: str, spark: SparkPlan, stack: StackPlan, builds: Sequence[ImageBuild], tree: SourceTree
) -> Iterator[Diagnostic]:
    """Refuses executors that could not start, or could not be asked for.

    Args:
        environment: whose they are.
        spark: their plan.
        stack: the environment's stack.
        builds: the images.
        tree: the spec's file.
    """
    if spark.heap < facts.LEAST_HEAP:
        yield codes.SMALL_EXECUTOR.at(
            InSpec(_nearest(tree, environment, "client", "spark", "memory")),
            f"an executor of {spark.heap + spark.overhead} MiB has {max(spark.heap, 0)} MiB for Java's heap, and Spark "
            f"does not start with less than {facts.LEAST_HEAP}",
            help="write `1Gi` or more",
        )
    version = _version(builds)
    if version and not at_least(version, facts.OLDEST):
        fitting = [row.latest for row in releases.SERIES if at_least(row.latest, facts.OLDEST)]
        yield codes.OLD_SPARK.at(
            InSpec(_nearest(tree, environment, "client", "spark"), key=True),
            f"Spark {version} of the client's image does not start its executors as mlkc's do",
            help=f"write `images.spark` of {facts.OLDEST} or later, such as `{fitting[0]}`, or delete `client.spark`",
        )
    network = stack.network
    if network and not any(edge.path[1:2] == ("kubernetesApi",) for edge in network.edges):
        yield codes.CLOSED_KUBERNETES_API.at(
            InSpec(_nearest(tree, environment, "networkPolicies"), key=True),
            "no policy lets the client reach the Kubernetes API, which it asks for Spark's executors",
            help="write the addresses that `kubectl get service/kubernetes endpointslices -n default` shows as "
            "`networkPolicies.kubernetesApi`, such as `[10.96.0.1/32, 192.168.10.2/32]`",
        )
    if stack.service_account == spark.account:
        yield CLASHING_OBJECTS.at(
            InSpec(_nearest(tree, environment, "serviceAccount")),
            f"the client has a service account `{spark.account}` of its own",
            notes=("with `client.spark` it may make pods, and the other pods' account may not",),
            help="write another name",
        )


def _version(builds: Sequence[ImageBuild]) -> str:
    """The Spark of the client's image; empty where the images could not be resolved."""
    texts = [entry.text for build in builds if build.name == "client" for entry in build.python.requirements]
    return next((text.partition("==")[2] for text in texts if text.startswith("pyspark==")), "")


def _nearest(tree: SourceTree, environment: str, *setting: str) -> SpecPath:
    """Where a setting that holds in an environment is written, or the nearest section above it."""
    for length in range(len(setting), 0, -1):
        for path in (("environments", environment, *setting[:length]), setting[:length]):
            if tree.has(path):
                return path
    return ()
