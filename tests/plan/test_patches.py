"""A `null` in a patch is kept: it takes a field away, or is a value."""

from __future__ import annotations

from typing import Any

from mlkc.plan.plan import PatchPlan
from mlkc.plan.resolve import resolve
from mlkc.source.parse import parse
from mlkc.spec.validate import validate
from mlkc.text.span import SourceFile

SPEC = """\
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: hdfs://namenode.example.com:8020}
environments: {prod: {}}
patches:
- target: {kind: Deployment, name: mlflow}
"""


def patch(rest: str) -> PatchPlan:
    tree = parse(SourceFile("spec.yaml", SPEC + rest)).value
    assert tree is not None
    spec = validate(tree).value
    assert spec is not None
    plan = resolve(spec).value
    assert plan is not None
    (found,) = plan.patches
    return found


def operations(written: str) -> list[dict[str, Any]]:
    return [dict(one) for one in patch(f"  json: [{written}]\n").operations]


def test_in_a_merge_patch() -> None:
    assert patch("  merge: {spec: {strategy: null, replicas: 2}}\n").merge == {
        "spec": {"strategy": None, "replicas": 2}
    }


def test_in_an_operation_only_where_it_is_written() -> None:
    operation = {"op": "add", "path": "/a"}
    assert operations("{op: add, path: /a, value: null}") == [{**operation, "value": None}]
    assert operations("{op: add, path: /a}") == [operation]
