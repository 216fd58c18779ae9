"""A live object cut down: what nobody asked for is no change, what an apply would set or remove is one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from mlkc.app.compare import compare
from mlkc.app.restrict import applied, restricted

CONTAINER = ("spec", "template", "spec", "containers", "a")


def differences(wanted: Any, live: Any) -> set[tuple[str, ...]]:
    """The fields that a comparison of a spec's part `wanted` with a live one finds."""
    new = {"kind": "It", "metadata": {"name": "it"}, "spec": wanted}
    old = restricted(new, {"kind": "It", "metadata": live.pop("metadata", {"name": "it"}), "spec": live})
    key = "It", "it"
    return {change.steps[1:] for change in compare({key: old}, {key: new})}


def noted(spec: Any) -> dict[str, Any]:
    """Metadata with kubectl's note of what was applied."""
    body = json.dumps({"metadata": {"annotations": {}, "name": "it"}, "spec": spec})
    return {"name": "it", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": body}}


@pytest.mark.parametrize(
    ("wanted", "live"),
    [
        ({"replicas": 2}, {"replicas": 2, "revisionHistoryLimit": 10}),
        ({"ports": [{"port": 80}]}, {"ports": [{"port": 80, "protocol": "TCP"}, {"port": 1}]}),
        ({"env": [{"name": "A", "value": ""}]}, {"env": [{"name": "A"}]}),
        ({"resources": {"limits": {"cpu": "0.5"}}}, {"resources": {"limits": {"cpu": "500m"}}}),
        ({"emptyDir": {"sizeLimit": "1024Mi"}}, {"emptyDir": {"sizeLimit": "1Gi"}}),
        ({"ingress": []}, {}),
        ({"to": [{"ports": [{"port": 1}]}]}, {"to": [{"ports": [{"port": 1, "protocol": "TCP"}]}]}),
        (
            {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]},
            {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]},
        ),
    ],
)
def test_what_a_server_fills_in_or_writes_its_own_way_is_no_change(wanted: Any, live: Any) -> None:
    assert differences(wanted, live) == set()


@pytest.mark.parametrize(
    ("wanted", "live", "fields"),
    [
        ({"replicas": 2}, {"replicas": 3}, {("replicas",)}),
        ({"replicas": 2}, {}, {("replicas",)}),
        ({"mount": False}, {}, {("mount",)}),
        ({"size": "0.5"}, {"size": "500m"}, {("size",)}),
        ({"args": ["a", "b"]}, {"args": ["a"]}, {("args",)}),
        ({"args": ["a"]}, {"args": ["a", "b"]}, {("args",)}),
        ({"env": [{"name": "A", "value": "1"}]}, {"env": []}, {("env", "A")}),
    ],
)
def test_what_the_spec_sets_and_the_cluster_has_otherwise_is_a_change(
    wanted: Any, live: Any, fields: set[tuple[str, ...]]
) -> None:
    assert differences(wanted, live) == fields


def test_what_was_applied_and_is_gone_from_the_spec_is_removed() -> None:
    before = {"replicas": 2, "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], "off": False}
    live = {
        "metadata": noted(before),
        "replicas": 3,
        "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}, {"name": "INJECTED", "value": "x"}],
    }
    wanted = {"env": [{"name": "A", "value": "1"}], "off": False}
    assert differences(wanted, live) == {("replicas",), ("env", "B")}


def test_what_was_applied_empty_and_is_there_empty_is_removed_too() -> None:
    live = {"metadata": noted({"volume": {"emptyDir": {}}}), "volume": {"emptyDir": {}, "name": "x"}}
    assert differences({"volume": {}}, live) == {("volume", "emptyDir")}


@pytest.mark.parametrize("note", ["{", "[]", "null"])
def test_a_note_that_is_none_counts_for_nothing(note: str) -> None:
    live = {"metadata": {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": note}}}
    assert applied(live) == {}


def test_server_side_apply_tells_what_was_applied_by_its_managed_fields() -> None:
    fields = {
        "f:spec": {
            "f:replicas": {},
            "f:env": {'k:{"name":"A"}': {".": {}, "f:name": {}, "f:value": {}}},
            "f:args": {},
            "f:ports": {'k:{"port":80,"protocol":"TCP"}': {".": {}, "f:port": {}}},
            "f:finalizers": {'v:"a"': {}},
        }
    }
    managed = [
        {"manager": "kubectl", "operation": "Apply", "fieldsV1": fields},
        {"manager": "kube-controller-manager", "operation": "Update", "fieldsV1": {"f:spec": {"f:x": {}}}},
        {"manager": "other", "operation": "Apply", "fieldsV1": {"f:spec": {"f:y": {}}}},
    ]
    live = {
        "metadata": {"name": "it", "managedFields": managed},
        "replicas": 1,
        "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
        "args": ["a"],
        "ports": [{"port": 80, "protocol": "TCP"}],
        "x": 1,
        "y": 1,
    }
    assert differences({"args": ["a"], "env": [], "ports": [{"port": 80}]}, live) == {
        ("replicas",),
        ("env", "A"),
    }


RECORDED = json.loads((Path(__file__).parent / "recorded" / "live.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", RECORDED, ids=lambda pair: pair["rendered"]["kind"])
def test_what_a_real_server_gives_back_is_what_was_applied(pair: dict[str, Any]) -> None:
    assert restricted(pair["rendered"], pair["live"]) == pair["rendered"]


@pytest.mark.parametrize("pair", RECORDED, ids=lambda pair: pair["rendered"]["kind"])
def test_of_a_real_answer_only_a_changed_field_differs(pair: dict[str, Any]) -> None:
    wanted = copy.deepcopy(pair["rendered"])
    wanted["metadata"]["labels"]["team"] = "a"
    del wanted["metadata"]["labels"]["app.kubernetes.io/part-of"]
    key = wanted["kind"], wanted["metadata"]["name"]
    found = list(compare({key: restricted(wanted, pair["live"])}, {key: wanted}))
    assert [(change.steps[2], change.old, change.new) for change in found] == [
        ("team", None, "a"),
        ("app.kubernetes.io/part-of", "mlflow", None),
    ]
