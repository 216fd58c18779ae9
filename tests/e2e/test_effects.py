"""The table of effects, against a real API server and its controllers.

Each case is applied, changed and applied again. What `mlkc diff` says about the change must be what happens: refused
or not, and the pods of a workload replaced or not.
"""

from __future__ import annotations

import copy
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from mlkc.app.compare import FieldChange, compare
from mlkc.app.effect import Verdict, verdict
from mlkc.catalog.effects import Effect

from .binaries import NEWEST
from .cluster import Cluster, Ran

NAMESPACE = "effects"
CLASS = "effects-grows"
Body = dict[str, Any]


def made(version: str, kind: str, spec: Body) -> Body:
    metadata = {"name": "it", "namespace": NAMESPACE}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


POD: Body = {
    "metadata": {"labels": {"app": "it", "part": "it"}},
    "spec": {"containers": [{"name": "it", "image": "it:1"}]},
}
SELECTOR: Body = {"matchLabels": {"app": "it"}}
CLAIM: Body = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "2Gi"}}}
JOB_POD: Body = {"spec": {**POD["spec"], "restartPolicy": "Never"}}
RULE: Body = {"host": "a.example", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
    "service": {"name": "it", "port": {"number": 80}}}}]}}  # fmt: skip

OBJECTS = {
    "Deployment": made("apps/v1", "Deployment", {"selector": SELECTOR, "template": POD}),
    "StatefulSet": made("apps/v1", "StatefulSet", {
        "replicas": 1, "serviceName": "it", "selector": SELECTOR, "template": POD}),
    "Job": made("batch/v1", "Job", {"template": JOB_POD}),
    "Service": made("v1", "Service", {"selector": {"app": "it"}, "ports": [{"name": "http", "port": 80}]}),
    "PersistentVolumeClaim": made("v1", "PersistentVolumeClaim", {**CLAIM, "storageClassName": CLASS}),
    "Ingress": made("networking.k8s.io/v1", "Ingress", {"rules": [RULE]}),
    "NetworkPolicy": made("networking.k8s.io/v1", "NetworkPolicy", {"podSelector": {}, "ingress": []}),
}  # fmt: skip


class Case(NamedTuple):
    """Fields that change together: a path and the values before and after, None for none."""

    kind: str
    fields: tuple[tuple[str, Any, Any], ...]

    def __str__(self) -> str:
        words = [f"{path}: {json.dumps(old)} to {json.dumps(new)}" for path, old, new in self.fields]
        return f"{self.kind} {', '.join(words)}"


def case(kind: str, path: str, old: Any, new: Any, *more: tuple[str, Any, Any]) -> Case:
    return Case(kind, ((path, old, new), *more))


POD_LABELS = ("spec.template.metadata.labels.app", "it", "other")
VOLUME_TEMPLATE: Body = {"metadata": {"name": "v"}, "spec": CLAIM}
CASES = (
    case("Deployment", "spec.selector.matchLabels.app", "it", "other", POD_LABELS),
    case("Deployment", "spec.selector.matchLabels.part", None, "it"),
    case("Deployment", "spec.replicas", 1, 2),
    case("Deployment", "spec.minReadySeconds", None, 5),
    case("Deployment", "spec.revisionHistoryLimit", 10, 2),
    case("Deployment", "spec.strategy", {"type": "RollingUpdate"}, {"type": "Recreate"}),
    case("Deployment", "metadata.labels.team", None, "a"),
    case("Deployment", "metadata.annotations.team", "a", "b"),
    case("Deployment", "spec.template.metadata.annotations.team", None, "a"),
    case("Deployment", "spec.template.spec.containers.0.image", "it:1", "it:2"),
    case("Deployment", "spec.template.spec.containers.0.env", None, [{"name": "A", "value": "b"}]),
    case("Deployment", "spec.template.spec.terminationGracePeriodSeconds", 30, 60),
    case("StatefulSet", "spec.template.spec.containers.0.resources", None, {"limits": {"memory": "1Gi"}}),
    case("StatefulSet", "spec.selector.matchLabels.app", "it", "other", POD_LABELS),
    case("StatefulSet", "spec.serviceName", "it", "other"),
    case("StatefulSet", "spec.podManagementPolicy", None, "Parallel"),
    case("StatefulSet", "spec.volumeClaimTemplates", None, [VOLUME_TEMPLATE]),
    case("StatefulSet", "spec.replicas", 1, 2),
    case("StatefulSet", "spec.updateStrategy", None, {"type": "OnDelete", "rollingUpdate": None}),
    case("StatefulSet", "spec.minReadySeconds", None, 5),
    case("StatefulSet", "spec.ordinals", None, {"start": 1}),
    case("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", None, {"whenDeleted": "Delete"}),
    case("Job", "spec.template.spec.containers.0.image", "it:1", "it:2"),
    case("Job", "spec.template.spec.volumes", None, [{"name": "data", "emptyDir": {}}]),
    case("Job", "spec.completions", 1, 2),
    case("Job", "spec.completionMode", "NonIndexed", "Indexed", ("spec.completions", 1, 1)),
    case("Job", "spec.backoffLimit", 6, 3),
    case("Job", "spec.ttlSecondsAfterFinished", None, 60),
    case("Service", "spec.clusterIP", None, "None"),
    case("Service", "spec.clusterIP", "None", None),
    case("Service", "spec.type", None, "NodePort"),
    case("Service", "spec.type", "ClusterIP", "LoadBalancer"),
    case("Service", "spec.externalIPs", None, ["192.0.2.1"]),
    case("Service", "spec.ports.0.port", 80, 81),
    case("Service", "spec.selector.app", "it", "other"),
    case("PersistentVolumeClaim", "spec.resources.requests.storage", "2Gi", "1Gi"),
    case("PersistentVolumeClaim", "spec.resources.requests.storage", "2Gi", "3Gi"),
    case("PersistentVolumeClaim", "spec.volumeAttributesClassName", None, "fast"),
    case("PersistentVolumeClaim", "spec.storageClassName", CLASS, "other"),
    case("PersistentVolumeClaim", "spec.storageClassName", CLASS, None),
    case("PersistentVolumeClaim", "spec.accessModes", ["ReadWriteOnce"], ["ReadWriteMany"]),
    case("PersistentVolumeClaim", "spec.volumeMode", None, "Block"),
    case("PersistentVolumeClaim", "metadata.labels.team", None, "a"),
    case("Ingress", "spec.rules.0.host", "a.example", "b.example"),
    case("Ingress", "spec.tls", None, [{"hosts": ["a.example"], "secretName": "it"}]),
    case("Ingress", "spec.tls", [{"secretName": "it"}], None),
    case("NetworkPolicy", "spec.ingress", [], [{}]),
)  # fmt: skip


def put(body: Body, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    node: Any = body
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    if value is not None:
        node[int(last) if isinstance(node, list) else last] = value
    elif isinstance(node, dict):
        node.pop(last, None)


def both(what: Case) -> tuple[Body, Body]:
    old, new = copy.deepcopy(OBJECTS[what.kind]), copy.deepcopy(OBJECTS[what.kind])
    for path, before, after in what.fields:
        put(old, path, before)
        put(new, path, after)
    return old, new


def changes(old: Body, new: Body) -> list[FieldChange]:
    key = (old["kind"], old["metadata"]["name"])
    return list(compare({key: old}, {key: new}))


def verdicts(old: Body, new: Body) -> list[Verdict]:
    return [verdict(change, {(change.kind, change.name): new}) for change in changes(old, new)]


def storage_class(name: str, *, grows: bool, default: bool = False) -> Body:
    annotations = {"storageclass.kubernetes.io/is-default-class": str(default).lower()}
    metadata = {"name": name, "annotations": annotations}
    return {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": metadata,
            "provisioner": "example.com/none", "allowVolumeExpansion": grows}  # fmt: skip


@pytest.fixture(scope="module")
def classes(kubernetes: Cluster) -> Iterator[Cluster]:
    """A cluster with a storage class whose volumes may grow and one whose may not."""
    assert apply(kubernetes, storage_class(CLASS, grows=True), storage_class("stays", grows=False)).code == 0
    yield kubernetes
    kubernetes.kubectl("delete", "storageclass", CLASS, "stays")


@pytest.fixture
def server(classes: Cluster) -> Iterator[Cluster]:
    """A cluster with the namespace, empty."""
    classes.kubectl("create", "namespace", NAMESPACE)
    yield classes
    classes.forget(NAMESPACE)


def apply(cluster: Cluster, *bodies: Body) -> Ran:
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": bodies})
    return cluster.kubectl("apply", "-f", "-", stdin=text, check=False)


numbers = itertools.count()


@pytest.fixture
def volume(server: Cluster) -> Iterator[str]:
    """A volume kept for the claim, which is bound as soon as it is made."""
    name = f"effects-{next(numbers)}"
    spec = {"capacity": {"storage": "2Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": CLASS,
            "claimRef": {"namespace": NAMESPACE, "name": "it"}, "hostPath": {"path": "/none"}}  # fmt: skip
    body = {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": spec}
    assert apply(server, body).code == 0
    yield name
    server.kubectl("delete", "persistentvolume", name, "--wait=false")


def settled(cluster: Cluster, kind: str) -> set[str]:
    """The templates that a workload has had, once its controller has seen the last change."""
    deadline = time.monotonic() + 30
    while True:
        (body,) = cluster.objects("--namespace", NAMESPACE, kind.lower(), "it")
        if body.get("status", {}).get("observedGeneration", 0) >= body["metadata"]["generation"]:
            break
        assert time.monotonic() < deadline, body
    of = "replicasets" if kind == "Deployment" else "controllerrevisions"
    return {found["metadata"]["name"] for found in cluster.objects("--namespace", NAMESPACE, of)}


# Older releases refuse the same, but for what has a test of its own.
@pytest.mark.parametrize("kubernetes", [NEWEST], indirect=True)
@pytest.mark.parametrize("what", CASES, ids=str)
def test_what_is_said_is_what_happens(server: Cluster, request: pytest.FixtureRequest, what: Case) -> None:
    old, new = both(what)
    if what.kind == "PersistentVolumeClaim":
        request.getfixturevalue("volume")
    first = apply(server, old)
    assert first.code == 0, first.err
    if what.kind == "PersistentVolumeClaim":
        bound = "jsonpath={.status.phase}=Bound"
        server.kubectl("wait", "--namespace", NAMESPACE, "pvc/it", "--for", bound, "--timeout=30s")
    workload = what.kind in ("Deployment", "StatefulSet")
    before = settled(server, what.kind) if workload else set()
    said = verdicts(old, new)
    applied = apply(server, new)
    refused = any(found.effect is Effect.REFUSED for found in said)
    assert (applied.code != 0) == refused, f"{said}\n{applied.err}"
    if workload and not refused:
        replaced = any(found.pods for found in said)
        assert (settled(server, what.kind) != before) == replaced, said


def claim(size: str, storage: str | None) -> Body:
    spec = {**CLAIM, "resources": {"requests": {"storage": size}}}
    return made(
        "v1", "PersistentVolumeClaim", spec if storage is None else {**spec, "storageClassName": storage}
    )


def test_a_claim_without_a_volume_does_not_grow(server: Cluster) -> None:
    assert apply(server, claim("2Gi", CLASS)).code == 0
    (said,) = verdicts(claim("2Gi", CLASS), claim("3Gi", CLASS))
    assert "a bound volume grows" in said.note
    assert "spec is immutable" in apply(server, claim("3Gi", CLASS)).err


def test_a_class_is_taken_by_a_claim_that_has_none(server: Cluster) -> None:
    assert apply(server, claim("2Gi", None)).code == 0
    (said,) = verdicts(claim("2Gi", None), claim("2Gi", "stays"))
    assert "has none yet" in said.note
    assert apply(server, claim("2Gi", "stays")).code == 0


def test_a_class_is_refused_by_a_claim_that_got_the_default(server: Cluster) -> None:
    assert apply(server, storage_class("stays", grows=False, default=True)).code == 0
    try:
        assert apply(server, claim("2Gi", None)).code == 0
    finally:
        assert apply(server, storage_class("stays", grows=False)).code == 0
    (said,) = verdicts(claim("2Gi", None), claim("2Gi", CLASS))
    assert said.effect is Effect.REFUSED
    assert "spec is immutable" in apply(server, claim("2Gi", CLASS)).err


def test_on_delete_is_refused_beside_what_the_server_filled_in(server: Cluster) -> None:
    old, new = both(case("StatefulSet", "spec.updateStrategy", None, {"type": "OnDelete"}))
    assert apply(server, old).code == 0
    (said,) = verdicts(old, new)
    assert "refuses OnDelete" in said.note
    assert "updateStrategy" in apply(server, new).err


def test_the_history_of_a_stateful_set_is_fixed_in_older_releases(server: Cluster) -> None:
    old, new = both(case("StatefulSet", "spec.revisionHistoryLimit", 10, 2))
    assert apply(server, old).code == 0
    (said,) = verdicts(old, new)
    assert said.note == "Kubernetes before 1.33 refuses it"
    assert (apply(server, new).code != 0) == (int(server.minor.partition(".")[2]) < 33)


def test_apply_deletes_nothing(server: Cluster) -> None:
    kept, gone = OBJECTS["Service"], OBJECTS["PersistentVolumeClaim"]
    assert apply(server, kept, gone, OBJECTS["Ingress"]).code == 0
    assert apply(server, kept).code == 0
    names = server.kubectl("get", "--namespace", NAMESPACE, "-o", "name", "service,pvc,ingress").out.split()
    assert names == ["service/it", "persistentvolumeclaim/it", "ingress.networking.k8s.io/it"]


def test_a_lower_pod_security_level_lets_other_pods_in(server: Cluster) -> None:
    level = "pod-security.kubernetes.io/enforce"
    pod = json.dumps({**made("v1", "Pod", POD["spec"])})
    ask = ("create", "--dry-run=server", "-f", "-")
    server.kubectl("label", "namespace", NAMESPACE, f"{level}=restricted")
    assert "violates PodSecurity" in server.kubectl(*ask, stdin=pod, check=False).err
    server.kubectl("label", "namespace", NAMESPACE, f"{level}=privileged", "--overwrite")
    server.kubectl(*ask, stdin=pod)
