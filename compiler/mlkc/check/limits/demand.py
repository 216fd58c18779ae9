"""What the objects of an environment ask of their namespace at the most, as a ResourceQuota counts it.

Sources: https://kubernetes.io/docs/concepts/policy/resource-quotas/, https://kubernetes.io/docs/concepts/policy/limit-range/
and, for how many pods there are meanwhile, the pages of each workload.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from mlkc.check import objects, tree
from mlkc.check.limits.executors import executors, is_template
from mlkc.check.objects import ObjectSet, Pod
from mlkc.text import quantity, share

KINDS = ("requests", "limits")


class Bounds(Struct, frozen=True):
    """What a LimitRange fills in for containers, by `requests` and `limits` and the resource's name."""

    defaults: Mapping[tuple[str, str], Any]


class Share(Struct, frozen=True):
    """What one workload needs.

    Attributes:
        title: names it.
        pods: how many there are at the most.
        each: amount that one of them counts; None where the API server can't tell and refuses it.
    """

    title: str
    pods: int
    each: Decimal | None


def amount(value: Any) -> Decimal | None:
    """Reads a quantity."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return quantity.parse(value) if isinstance(value, str) else None


def bounds(given: ObjectSet, namespace: str) -> Bounds:
    """Reads the LimitRanges of a namespace; without a default of its own a limit's is its maximum."""
    found: dict[tuple[str, str], Any] = {}
    for one in given.of("LimitRange"):
        if given.namespace_of(one) != namespace:
            continue
        for _, item in tree.entries(one.body, "spec", "limits"):
            if item.get("type") != "Container":
                continue
            limits = {**tree.mapping(item, "max"), **tree.mapping(item, "default")}
            requests = {**tree.mapping(item, "min"), **limits, **tree.mapping(item, "defaultRequest")}
            found.update({("limits", name): value for name, value in limits.items()})
            found.update({("requests", name): value for name, value in requests.items()})
    return Bounds(found)


def shares(given: ObjectSet, namespace: str, kind: str, resource: str) -> Iterator[Share]:
    """Yields what each workload needs of a resource.

    Args:
        given: the objects.
        namespace: whose.
        kind: `requests` or `limits`.
        resource: `cpu`, `memory`.
    """
    filled = bounds(given, namespace)
    for pod in given.pods:
        count = most_pods(given, pod)
        if pod.namespace == namespace and count:
            yield Share(objects.title(pod.artifact), count, _of_pod(pod, kind, resource, filled))
    for one in executors(given, namespace):
        own = {("requests", "cpu"): one.cpu}.get(
            (kind, resource), one.memory if resource == "memory" else None
        )
        yield Share(
            one.title, one.count, amount(filled.defaults.get((kind, resource))) if own is None else own
        )


def _of_pod(pod: Pod, kind: str, resource: str, filled: Bounds) -> Decimal | None:
    """All containers together, or the largest of those that run before them."""
    main = [_of_container(body, kind, resource, filled) for _, body in tree.entries(pod.spec, "containers")]
    before = [
        _of_container(body, kind, resource, filled) for _, body in tree.entries(pod.spec, "initContainers")
    ]
    known = [one for one in (*main, *before) if one is not None]
    if len(known) < len(main) + len(before):
        return None
    return max([sum(known[: len(main)], Decimal(0)), *known[len(main) :]])


def _of_container(body: Mapping[str, Any], kind: str, resource: str, filled: Bounds) -> Decimal | None:
    own = {key: tree.mapping(body, "resources", key).get(resource) for key in KINDS}
    value = own[kind]
    if value is None and kind == "requests":
        value = own["limits"]
    return amount(filled.defaults.get((kind, resource)) if value is None else value)


def most_pods(given: ObjectSet, pod: Pod) -> int:
    """How many pods of a workload there are at the most: scaled up, and in the middle of a roll-out.

    A job that does not start by itself has none.
    """
    kind, spec = objects.kind(pod.artifact), tree.mapping(pod.artifact.body, "spec")
    if kind == "CronJob":
        return 0 if spec.get("suspend") is True else 1
    if kind == "Job":
        return _whole(spec.get("parallelism"), 1)
    if kind == "Pod":
        return 0 if is_template(given, pod.artifact) else 1
    replicas = max([_whole(spec.get("replicas"), 1), *_scaled(given, pod)])
    strategy = tree.mapping(spec, "strategy")
    if kind != "Deployment" or strategy.get("type") == "Recreate" or not replicas:
        return replicas
    surge = tree.get(strategy, ("rollingUpdate", "maxSurge"))
    return replicas + _surge("25%" if surge is None else surge, replicas)


def _scaled(given: ObjectSet, pod: Pod) -> Iterator[int]:
    for one in given.of("HorizontalPodAutoscaler"):
        target = tree.mapping(one.body, "spec", "scaleTargetRef")
        if (target.get("kind"), target.get("name")) == (
            objects.kind(pod.artifact),
            objects.name(pod.artifact),
        ):
            yield _whole(tree.get(one.body, ("spec", "maxReplicas")), 1)


def _surge(surge: Any, replicas: int) -> int:
    if isinstance(surge, str) and surge.endswith("%") and surge[:-1].isdigit():
        return share.pods(surge, replicas, up=True)
    return _whole(surge, 0)


def _whole(value: Any, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual
