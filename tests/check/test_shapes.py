"""The documents that are no Kubernetes objects, by cerberus."""

from __future__ import annotations

from typing import Any

import pytest
from cerberus import Validator

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check.kustomize import document_shape
from mlkc.check.shapes.kustomization import DEPRECATED, KUSTOMIZATION
from mlkc.check.shapes.patch import JSON_PATCH, MERGE_PATCH

HEAD = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}


def problems(kind: ArtifactKind, body: Any) -> list[tuple[str, str | None]]:
    output = OutputTree((Artifact("base/x.yaml", kind, body),), (), {})
    return [
        (finding.message.removeprefix("base/x.yaml: "), finding.help)
        for finding in document_shape.RULE.find(output)
    ]


def kustomization(**fields: Any) -> list[tuple[str, str | None]]:
    return problems(ArtifactKind.KUSTOMIZATION, {**HEAD, **fields})


@pytest.mark.parametrize("schema", [KUSTOMIZATION, JSON_PATCH, MERGE_PATCH])
def test_cerberus_accepts_the_shapes_themselves(schema: dict[str, Any]) -> None:
    # The rule skips this check of a constant at run time.
    Validator(schema)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"resource": ["a"]}, "no field resource is known"),
        ({"resources": "a"}, 'resources is "a", not of type list'),
        ({"resources": []}, "resources is [], not a list with something in it"),
        ({"resources": [""]}, 'resources[0] is "", not a text with something in it'),
        ({"images": [{"newTag": "1"}]}, "images[0].name is missing"),
        ({"images": [{"name": "a", "newTag": 1.5}]}, "images[0].newTag is 1.5, not of type string"),
        ({"replicas": [{"name": "a", "count": -1}]}, "replicas[0].count is -1, not at least 0"),
        ({"secretGenerator": [{"name": "a", "env": "x"}]}, "no field secretGenerator[0].env is known"),
        (
            {"configMapGenerator": [{"name": "a", "options": {"labels": {"a": 1}}}]},
            "configMapGenerator[0].options.labels.a is 1, not of type string",
        ),
        ({"patches": [{"path": "a", "target": {"name": "b"}}]}, "patches[0].target.kind is missing"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], message: str) -> None:
    assert [said for said, _ in kustomization(**fields)] == [message]


@pytest.mark.parametrize("field", DEPRECATED)
def test_a_deprecated_field_is_refused_with_what_replaces_it(field: str) -> None:
    assert kustomization(**{field: []}) == [(f"{field} is deprecated", f"write `{DEPRECATED[field]}`")]


def test_every_fault_is_found() -> None:
    assert len(kustomization(x=1, resources=1, images=[{}, {"name": 1}])) == 4


@pytest.mark.parametrize(
    ("operation", "sound"),
    [
        ({"op": "add", "path": "/a", "value": None}, True),
        ({"op": "remove", "path": "/a/-"}, True),
        ({"op": "move", "from": "/a", "path": "/b"}, True),
        ({"op": "add", "path": "/a"}, False),
        ({"op": "move", "path": "/b"}, False),
        ({"op": "ad", "path": "/a", "value": 1}, False),
        ({"op": "add", "path": "a", "value": 1}, False),
        ({"op": "remove", "path": "/a", "extra": 1}, False),
        ("remove /a", False),
    ],
)
def test_the_operations_of_a_json_patch(operation: Any, sound: bool) -> None:
    assert (problems(ArtifactKind.JSON_PATCH, [operation]) == []) is sound


@pytest.mark.parametrize(
    ("body", "sound"),
    [
        (
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": {"name": "a", "labels": {}},
                "spec": {"x": 1},
            },
            True,
        ),
        ({"$patch": "delete", "apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}, True),
        ({"kind": "Service", "metadata": {"name": "a"}}, False),
        ({"apiVersion": "v1", "kind": "Service", "metadata": {}}, False),
        ([], False),
    ],
)
def test_a_merge_patch_says_what_it_is_for(body: Any, sound: bool) -> None:
    assert (problems(ArtifactKind.MERGE_PATCH, body) == []) is sound
