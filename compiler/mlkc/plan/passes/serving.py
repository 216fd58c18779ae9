"""What can't take effect, or can't work, of how the server is served: metrics, updates, prefix, places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.catalog import serving, version
from mlkc.diag import fact_codes, output_codes
from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.pods import PodsPlan
from mlkc.plan.stack import StackPlan
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.network import NetworkPolicies


class _Check:
    """The checks of one environment."""

    def __init__(
        self, environment: str, stack: StackPlan, policies: NetworkPolicies | None, tree: SourceTree
    ) -> None:
        self.environment, self.stack, self.policies, self.tree = environment, stack, policies, tree

    def found(self) -> Iterator[Diagnostic]:
        yield from self._metrics()
        yield from self._update()
        yield from self._startup()
        yield from self._prefix()
        ingress = self.stack.server.ingress
        if ingress and ingress.issuer and ingress.cluster_issuer:
            yield self._at(
                output_codes.TWO_ISSUERS,
                ("server", "ingress", "issuer"),
                f"`{ingress.issuer}` and the cluster's `{ingress.cluster_issuer}` would both fill one Secret",
                "keep `issuer` or `clusterIssuer`",
            )
        yield from self._nodes(("server", "pods"), self.stack.server.pods)
        if self.stack.client is not None:
            yield from self._nodes(("client", "pods"), self.stack.client.pods)
            if self.stack.client.spark is not None:
                yield from self._nodes(("client", "spark", "pods"), self.stack.client.spark.pods)
        if self.stack.database.server is not None:
            yield from self._nodes(("database", "pods"), self.stack.database.server.pods)

    def _at(self, code: Code, path: SpecPath, message: str, advice: str) -> Diagnostic:
        return code.at(InSpec(written(self.tree, self.environment, *path), key=True), message, help=advice)

    def _metrics(self) -> Iterator[Diagnostic]:
        metrics, policies = self.stack.server.metrics, self.policies
        if metrics is None:
            if policies is not None and policies.metrics_namespaces:
                yield self._at(
                    fact_codes.IDLE_SETTING,
                    ("networkPolicies", "metricsNamespaces"),
                    "`networkPolicies.metricsNamespaces` has no effect: the server has no metrics",
                    "write `server.metrics: {}`, or delete it",
                )
            return
        if policies is not None and not policies.metrics_namespaces:
            yield self._at(
                output_codes.CLOSED_METRICS,
                ("server", "metrics"),
                "no policy lets a Prometheus read the metrics",
                "write the namespace of its pods as `networkPolicies.metricsNamespaces`, such as `[monitoring]`",
            )
        if metrics.discovery == "annotations":
            for name, value in (("interval", metrics.interval), ("labels", metrics.labels)):
                if value:
                    yield self._at(
                        fact_codes.IDLE_SETTING,
                        ("server", "metrics", name),
                        f"`server.metrics.{name}` has no effect: it is for a ServiceMonitor",
                        "write `discovery: serviceMonitor`, or delete it",
                    )

    def _update(self) -> Iterator[Diagnostic]:
        update = self.stack.server.update
        path: SpecPath = ("server", "update")
        if update.recreate and (update.max_surge, update.max_unavailable) != (1, 0):
            yield self._at(
                fact_codes.IDLE_SETTING,
                (*path, "recreate"),
                "`recreate` ends all old pods first, so that `maxSurge` and `maxUnavailable` have no effect",
                "delete them, or `recreate`",
            )
        # A share that comes to none is no fault: then the Deployment's controller lets one pod be missing.
        elif not update.recreate and {update.max_surge, update.max_unavailable} <= {0, "0%"}:
            yield self._at(
                output_codes.STUCK_UPDATE,
                path,
                "an update that may neither start a pod more nor end one never begins",
                "write `maxUnavailable: 1`, or `maxSurge: 1`",
            )

    def _startup(self) -> Iterator[Diagnostic]:
        startup = self.stack.server.startup
        if startup.rollout <= startup.timeout:
            yield self._at(
                output_codes.HASTY_ROLLOUT,
                ("server", "startup"),
                f"the roll-out is called failed after {startup.rollout} s, and the server may take {startup.timeout} s "
                "to answer",
                "write a longer `rollout`, with time for the upgrade of the schema, or a shorter `timeout`",
            )

    def _prefix(self) -> Iterator[Diagnostic]:
        if self.stack.server.static_prefix is None:
            return
        since, opened = serving.STATIC_PREFIX.since, serving.OPEN_HEALTH.since
        if self.stack.server.auth is not None and version.below(self.stack.mlflow, opened):
            yield self._at(
                output_codes.CLOSED_HEALTH,
                ("server", "staticPrefix"),
                f"MLflow {self.stack.mlflow} {serving.OPEN_HEALTH.before}",
                f"use MLflow {opened} or newer, or leave `server.auth` or the prefix out",
            )
        elif version.below(self.stack.mlflow, since):
            yield self._at(
                output_codes.BARE_API,
                ("server", "staticPrefix"),
                f"MLflow {self.stack.mlflow} {serving.STATIC_PREFIX.before}",
                f"use MLflow {since} or newer, or give the server a host of its own",
            )

    def _nodes(self, section: SpecPath, pods: PodsPlan) -> Iterator[Diagnostic]:
        required = dict(pods.node_affinity.required) if pods.node_affinity else {}
        for key, value in pods.node_selector:
            if key in required and value not in required[key]:
                yield self._at(
                    output_codes.UNFIT_NODES,
                    (*section, "nodeAffinity", "required", key),
                    f"no node has `{key}` both `{value}` and one of {', '.join(required[key])}",
                    f"delete `{key}` here or in `nodeSelector`",
                )


def check_serving(
    environment: str, stack: StackPlan, policies: NetworkPolicies | None, tree: SourceTree
) -> Iterator[Diagnostic]:
    """Refuses settings of an environment that can't take effect or can't work together.

    Args:
        environment: its name.
        stack: what is deployed in it.
        policies: its section of that name.
        tree: the file, for where things stand.
    """
    return _Check(environment, stack, policies, tree).found()
