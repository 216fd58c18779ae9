"""Labels and annotations of the spec that something else decides, each with what does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.labels import Marked, kept, own_labels, places
from mlkc.plan.passes.written import written
from mlkc.plan.stack import StackPlan
from mlkc.source.tree import SourceTree

_PLACE: Final = "leave it out"
# https://kubernetes.io/docs/reference/labels-annotations-taints/
_OF_PODS: Final = dict.fromkeys(
    (
        "pod-template-hash",
        "controller-revision-hash",
        "statefulset.kubernetes.io/pod-name",
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/job-name",
    ),
    "which Kubernetes sets itself",
)
# core/src/main/scala/…/deploy/k8s/Constants.scala of apache/spark.
_OF_EXECUTORS: Final = dict.fromkeys(
    (
        "spark-app-selector",
        "spark-app-name",
        "spark-exec-id",
        "spark-exec-inactive",
        "spark-exec-resourceprofile-id",
        "spark-role",
        "spark-version",
    ),
    "which Spark sets itself",
)
# The beginning of a key → who reads it.
_PROGRAMS: Final[Mapping[str, str]] = {
    "kubectl.kubernetes.io/last-applied-configuration": "in which kubectl keeps what it applied",
    "mlkc.dev/": "which mlkc writes",
    # A resource with `config.kubernetes.io/local-config` is in no output of kustomize.
    "config.kubernetes.io/": "by which kustomize is told to leave things out",
    "internal.config.kubernetes.io/": "which kustomize takes out again",
    "kustomize.config.k8s.io/": "by which kustomize is told how to go on",
}
# A section and a key → the setting for it.
_SETTINGS: Final[Mapping[tuple[str, str], str]] = {
    ("server.ingress", "kubernetes.io/ingress.class"): "server.ingress.class",
    ("server.ingress", "cert-manager.io/cluster-issuer"): "server.ingress.clusterIssuer",
    ("server.ingress", "cert-manager.io/issuer"): "server.ingress.issuer",
    **{("server.pods", f"prometheus.io/{name}"): "server.metrics" for name in ("scrape", "port", "path")},
}


def check_marks(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses labels and annotations of an environment that something else decides."""
    for place in places(stack):
        if place.marks is None:
            continue
        for group, pairs in (("labels", place.marks.labels), ("annotations", place.marks.annotations)):
            for key, _ in pairs:
                found = _setting(stack, place, group, key)
                reason = f"which `{found}` decides" if found else _reason(stack, place, group, key)
                if reason is None:
                    continue
                yield codes.OWNED_METADATA.at(
                    InSpec(written(tree, environment, *place.path, group, key), key=True),
                    f"`{'.'.join(map(str, place.path))}` has the {group[:-1]} `{key}`, {reason}",
                    help=f"write it as `{found}`, or leave it out" if found else _PLACE,
                )


def _setting(stack: StackPlan, place: Marked, group: str, key: str) -> str | None:
    running = kept(stack, place.component) if place.component else None
    if group == "labels":
        return f"takeOver.{place.component}.selector" if running and key in dict(running.selector) else None
    return _SETTINGS.get((".".join(map(str, place.path)), key))


def _reason(stack: StackPlan, place: Marked, group: str, key: str) -> str | None:
    if group == "labels":
        if key in own_labels(stack.name, ""):
            return "by which the stack and its objects are found"
        of_pods = {**_OF_PODS, **(_OF_EXECUTORS if place.component == "executor" else {})}
        return of_pods.get(key) if place.component else None
    return next((reason for start, reason in _PROGRAMS.items() if key.startswith(start)), None)
