"""A `null` in a patch is kept: it takes a field away, or is a value."""

from __future__ import annotations

from typing import Any

import pytest

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


def codes(rest: str) -> list[str]:
    tree = parse(SourceFile("spec.yaml", SPEC + rest)).value
    assert tree is not None
    spec = validate(tree).value
    assert spec is not None
    return [fault.code for fault in resolve(spec).diagnostics]


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


LOCAL = "config.kubernetes.io/local-config"
COMMAND = "{{spec: {{template: {{spec: {{containers: [{{name: mlflow, args: {}}}]}}}}}}}}"


@pytest.mark.parametrize(
    "operation",
    [
        "{op: replace, path: /kind, value: Role}",
        "{op: replace, path: /metadata, value: {name: x}}",
        "{op: remove, path: ''}",
        "{op: move, path: /spec/x, from: /metadata/namespace}",
        "{op: add, path: /metadata/annotations, value: {config.kubernetes.io/local-config: 'true'}}",
        "{op: add, path: /metadata/annotations/internal.config.kubernetes.io~1previousNames, value: x}",
    ],
)
def test_an_object_stays_itself(operation: str) -> None:
    assert codes(f"  json: [{operation}]\n") == ["MK210"]


def test_kustomize_is_told_nothing_by_a_merge_patch() -> None:
    assert codes(f"  merge: {{metadata: {{annotations: {{{LOCAL}: 'true'}}}}}}\n") == ["MK210"]
    assert codes("  merge: {metadata: {annotations: {example.com/owner: ml}}}\n") == []


@pytest.mark.parametrize("words", ["[--password=hunter2]", "[--db-password, hunter2]", "[a, --api-key=x]"])
def test_an_option_is_a_secret(words: str) -> None:
    assert codes(f"  merge: {COMMAND.format(words)}\n") == ["MK801"]


def test_a_word_of_a_json_patch_is_a_secret() -> None:
    path = "/spec/template/spec/containers/0/args/-"
    assert codes(f"  json: [{{op: add, path: {path}, value: --password=hunter2}}]\n") == ["MK801"]


@pytest.mark.parametrize(
    "words",
    ["['--password=$(DB_PASSWORD)']", "[--password, $(DB_PASSWORD)]", "[--password-file=/a, --token, --x]"],
)
def test_an_option_is_none(words: str) -> None:
    assert codes(f"  merge: {COMMAND.format(words)}\n") == []
