"""What objects ask of a namespace at the most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check.limits import demand
from mlkc.check.objects import ObjectSet, object_set


def objects(*bodies: dict[str, Any]) -> ObjectSet:
    made = [Artifact(f"{body['kind']}.yaml", ArtifactKind.OBJECT, body) for body in bodies]
    return object_set("ml", made, ())


def workload(
    kind: str, containers: list[dict[str, Any]], init: tuple[Any, ...] = (), **spec: Any
) -> dict[str, Any]:
    pod = {"containers": containers, "initContainers": list(init)}
    return {"kind": kind, "metadata": {"name": "one"}, "spec": {**spec, "template": {"spec": pod}}}


def container(**resources: Any) -> dict[str, Any]:
    return {"name": "main", "resources": resources}


ONE = [container(requests={"cpu": "500m"})]
SCALER = {
    "kind": "HorizontalPodAutoscaler",
    "metadata": {"name": "one"},
    "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "one"}, "maxReplicas": 8},
}


def rolling(surge: Any) -> dict[str, Any]:
    return {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge}}


@pytest.mark.parametrize(
    ("given", "pods"),
    [
        (objects(workload("Deployment", ONE)), 2),
        (objects(workload("Deployment", ONE, replicas=5)), 7),
        (objects(workload("Deployment", ONE, replicas=5, strategy=rolling(0))), 5),
        (objects(workload("Deployment", ONE, replicas=5, strategy=rolling("40%"))), 7),
        (objects(workload("Deployment", ONE, replicas=5, strategy={"type": "Recreate"})), 5),
        (objects(workload("Deployment", ONE, replicas=0)), 0),
        (objects(workload("Deployment", ONE, strategy=rolling(1)), SCALER), 9),
        (objects(workload("StatefulSet", ONE, replicas=3)), 3),
        (objects(workload("Job", ONE, parallelism=4)), 4),
    ],
)
def test_how_many_pods_there_are_at_the_most(given: ObjectSet, pods: int) -> None:
    assert sum(share.pods for share in demand.shares(given, "ml", "requests", "cpu")) == pods


def test_a_job_that_only_a_person_starts_has_no_pod() -> None:
    body = workload("Job", ONE)
    for suspended, pods in ((True, 0), (False, 1)):
        cron = {"kind": "CronJob", "metadata": {"name": "one"}}
        cron["spec"] = {"suspend": suspended, "jobTemplate": {"spec": body["spec"]}}
        found = list(demand.shares(objects(cron), "ml", "requests", "cpu"))
        assert [share.pods for share in found] == [pods] * pods


@pytest.mark.parametrize(
    ("containers", "init", "each"),
    [
        ([container(requests={"cpu": "1"}), container(requests={"cpu": "250m"})], (), "1.25"),
        ([container(requests={"cpu": "1"})], (container(requests={"cpu": "3"}),), "3"),
        ([container(limits={"cpu": "2"})], (), "2"),
        ([container()], (), None),
    ],
)
def test_what_one_pod_counts(containers: list[Any], init: tuple[Any, ...], each: str | None) -> None:
    (share,) = demand.shares(objects(workload("StatefulSet", containers, init)), "ml", "requests", "cpu")
    assert share.each == (None if each is None else Decimal(each))


def test_what_a_limit_range_fills_in() -> None:
    item = {
        "type": "Container",
        "max": {"cpu": "4", "memory": "8Gi"},
        "default": {"cpu": "2"},
        "min": {"cpu": "1"},
    }
    bounds = {"kind": "LimitRange", "metadata": {"name": "bounds"}, "spec": {"limits": [item]}}
    given = objects(workload("StatefulSet", [container()]), bounds)
    for kind, resource, each in (
        ("limits", "cpu", 2),
        ("requests", "cpu", 2),
        ("limits", "memory", 8 * 2**30),
    ):
        (share,) = demand.shares(given, "ml", kind, resource)
        assert share.each == each


def test_another_namespace_is_not_asked() -> None:
    assert not list(demand.shares(objects(workload("StatefulSet", ONE)), "other", "requests", "cpu"))
