"""Spec B applied over spec A, for pairs of golden specs: what `mlkc diff` says is what the API server does.

Each side is one environment of a golden spec, with the names of the stack, the namespace and the environment made
equal, since goldens that share no object could not meet. A is installed with bound volumes, as a stack that runs.
`--against cluster` must then say the same as the comparison of the two specs, and nothing once B is applied.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from ruamel.yaml import YAML

from mlkc.app.compile import compile_spec
from mlkc.app.diff import Change, diff
from mlkc.artifact.yaml import dump
from mlkc.catalog.effects import Effect

from .cluster import Cluster
from .overlays import apply, assert_overlay_applies

GOLDEN: Final = Path(__file__).parents[1] / "golden"
NAMESPACE: Final = "pairs"
CLASSES: Final = ("pairs-default", "fast", "ceph-rbd")


class Pair(NamedTuple):
    """A change from one environment of a golden spec, as in `overrides/big`, to another, and its worst effect."""

    old: str
    new: str
    worst: Effect

    def __str__(self) -> str:
        return f"{self.old}-to-{self.new}".replace("/", "-")


PAIRS: Final = (
    Pair("accepted/prod", "newest-kubernetes/prod", Effect.NONE),
    Pair("accepted/prod", "minimal/prod", Effect.RESTART),
    Pair("accepted/prod", "overrides/lean", Effect.RESTART),
    Pair("accepted/prod", "network-policies/prod", Effect.RESTART),
    Pair("minimal/prod", "debian-trixie/prod", Effect.DOWNTIME),
    Pair("oldest-kubernetes/prod", "newest-kubernetes/prod", Effect.ACCESS),
    Pair("full-stack/dev", "full-stack/prod", Effect.ACCESS),
    Pair("legacy-python-stretch/prod", "full-stack/staging", Effect.ACCESS),
    Pair("accepted/prod", "root-user/prod", Effect.DATA),
    Pair("minimal/prod", "external-names/main", Effect.DATA),
    Pair("accepted/prod", "overrides/elsewhere", Effect.DATA),
    Pair("full-stack/prod", "full-stack/dev", Effect.REFUSED),
    Pair("full-stack/prod", "legacy-python-stretch/prod", Effect.REFUSED),
    Pair("overrides/plain", "overrides/big", Effect.REFUSED),
    Pair("overrides/big", "full-stack/prod", Effect.REFUSED),
    Pair("external-names/main", "overrides/plain", Effect.DATA),
)


def meeting_spec(side: str, folder: Path) -> Path:
    """Writes a golden spec with one environment, `it`, of the stack `mlflow` in the namespace of these tests."""
    case, _, environment = side.partition("/")
    spec = YAML(typ="safe").load(GOLDEN / case / "spec.yaml")
    own = dict(spec["environments"][environment] or {})
    own.pop("namespace", None)
    spec |= {"name": "mlflow", "namespace": NAMESPACE, "environments": {"it": own}}
    folder.mkdir()
    (folder / "spec.yaml").write_text(dump(spec), encoding="utf-8")
    return folder / "spec.yaml"


def compiled(spec: Path) -> Path:
    """The folder of the overlay that a spec compiles to, next to the spec."""
    done = compile_spec(spec, "spec.yaml", spec.parent)
    assert not done.failed, done.diagnostics
    return spec.parent / "overlays" / "it"


def created(cluster: Cluster, *bodies: dict[str, Any]) -> None:
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": bodies})
    cluster.kubectl("create", "-f", "-", stdin=text)


def storage_class(name: str) -> dict[str, Any]:
    """A class whose volumes may grow; the first one is what a claim without a class gets."""
    default = {"storageclass.kubernetes.io/is-default-class": str(name == CLASSES[0]).lower()}
    return {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "example.com/none",
            "metadata": {"name": name, "annotations": default}, "allowVolumeExpansion": True}  # fmt: skip


@pytest.fixture(scope="module")
def classes(kubernetes: Cluster) -> Iterator[Cluster]:
    created(kubernetes, *map(storage_class, CLASSES))
    yield kubernetes
    kubernetes.kubectl("delete", "storageclass", *CLASSES)


@pytest.fixture
def server(classes: Cluster) -> Iterator[Cluster]:
    """A cluster with storage classes, from which the namespace and its volumes go afterwards."""
    yield classes
    classes.forget(NAMESPACE)
    classes.kubectl("delete", "persistentvolume", "--wait=false", "--selector=app=pairs")


def against_cluster(spec: Path, folder: Path) -> tuple[Change, ...]:
    said = diff(spec, "spec.yaml", "cluster", ("it=e2e",), folder)
    assert (said.problem, said.notices) == ("", ())
    return said.changes


def told(changes: Iterable[Change]) -> set[tuple[object, ...]]:
    """What is told of changes, but for their causes, and for what a cluster alone knows.

    That is which keys a Secret had, and values that its server had filled in.
    """
    return {
        (one.kind, one.name, one.field, one.new, one.effect, one.pods)
        for one in changes
        if one.kind != "Secret" or not one.field
    }


numbers = itertools.count()


def bind_claims(cluster: Cluster) -> None:
    """Gives each claim a volume kept for it, since a claim without one neither grows nor is a running stack's."""
    claims = cluster.objects("pvc", "--namespace", NAMESPACE)
    for claim in claims:
        spec = claim["spec"]
        volume = {
            "capacity": spec["resources"]["requests"],
            "accessModes": spec["accessModes"],
            "storageClassName": spec["storageClassName"],
            "claimRef": {"namespace": NAMESPACE, "name": claim["metadata"]["name"]},
            "hostPath": {"path": "/none"},
        }
        metadata = {"name": f"pairs-{next(numbers)}", "labels": {"app": "pairs"}}
        created(
            cluster, {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": metadata, "spec": volume}
        )
    bound = "jsonpath={.status.phase}=Bound"
    cluster.kubectl("wait", "--namespace", NAMESPACE, "pvc", "--all", "--for", bound, "--timeout=60s")


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_a_spec_over_another_does_what_the_diff_says(
    server: Cluster, pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUBECONFIG", str(server.kubeconfig))
    old = compiled(meeting_spec(pair.old, tmp_path / "old"))
    new_spec = meeting_spec(pair.new, tmp_path / "new")
    said = diff(new_spec, "spec.yaml", str(tmp_path / "old"))
    assert said.problem == ""
    objects = [change for change in said.changes if change.kind != "image"]
    assert max(change.effect for change in objects) == pair.worst
    new = compiled(new_spec)

    installed = apply(server, old)
    assert installed.code == 0, installed.err
    assert told(against_cluster(new_spec, old.parents[1])) == told(objects)
    bind_claims(server)
    if pair.worst is not Effect.REFUSED:
        assert_overlay_applies(server, new)
        left = [change for change in objects if change.action == "removed" and not change.field]
        assert told(against_cluster(new_spec, new.parents[1])) == told(left)
        return
    refused = apply(server, new)
    assert refused.code != 0
    for change in objects:
        if change.effect is Effect.REFUSED:
            assert f'"{change.name}" is invalid' in refused.err


def test_both_verdicts_are_tried() -> None:
    assert len({pair.worst for pair in PAIRS}) >= 5
    assert {pair.worst is Effect.REFUSED for pair in PAIRS} == {True, False}
