"""The kustomization.yaml that mlkc writes: current fields only.

Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ and api/types/kustomization.go of
https://github.com/kubernetes-sigs/kustomize.
"""

from __future__ import annotations

from typing import Any, Final

# Deprecated field → what replaces it.
DEPRECATED: Final = {
    "bases": "resources",
    "commonLabels": "labels",
    "imageTags": "images",
    "patchesJson6902": "patches",
    "patchesStrategicMerge": "patches",
    "vars": "replacements",
}

_TEXT: Final = {"type": "string", "empty": False}
_TEXTS: Final = {"type": "list", "minlength": 1, "schema": _TEXT}
_PAIRS: Final = {"type": "dict", "keysrules": _TEXT, "valuesrules": {"type": "string"}}


def _mapping(required: str, **fields: Any) -> dict[str, Any]:
    """A mapping with closed fields, of which the one named `required` must be there."""
    return {"type": "dict", "schema": {**fields, required: {**fields[required], "required": True}}}


def _list(entry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "list", "minlength": 1, "schema": entry}


def _generator(**more: Any) -> dict[str, Any]:
    return _mapping(
        "name",
        name=_TEXT,
        behavior={"type": "string", "allowed": ["create", "merge", "replace"]},
        files=_TEXTS,
        envs=_TEXTS,
        literals=_TEXTS,
        options={
            "type": "dict",
            "schema": {
                "labels": _PAIRS,
                "annotations": _PAIRS,
                "disableNameSuffixHash": {"type": "boolean"},
                "immutable": {"type": "boolean"},
            },
        },
        **more,
    )


KUSTOMIZATION: Final[dict[str, Any]] = {
    "apiVersion": {"type": "string", "required": True, "allowed": ["kustomize.config.k8s.io/v1beta1"]},
    "kind": {"type": "string", "required": True, "allowed": ["Kustomization"]},
    "namespace": _TEXT,
    "resources": _TEXTS,
    "images": _list(_mapping("name", name=_TEXT, newName=_TEXT, newTag=_TEXT, digest=_TEXT)),
    "replicas": _list(_mapping("name", name=_TEXT, count={"type": "integer", "min": 0, "required": True})),
    "labels": _list(
        _mapping(
            "pairs", pairs=_PAIRS, includeSelectors={"type": "boolean"}, includeTemplates={"type": "boolean"}
        )
    ),
    "configMapGenerator": _list(_generator()),
    "secretGenerator": _list(_generator(type=_TEXT)),
    "patches": _list(
        _mapping(
            "path",
            path=_TEXT,
            target=_mapping("kind", kind=_TEXT, name=_TEXT, group=_TEXT, version=_TEXT, namespace=_TEXT),
        )
    ),
    "replacements": _list(
        _mapping(
            "source",
            source=_mapping("kind", kind=_TEXT, name=_TEXT, fieldPath=_TEXT),
            targets=_list(
                _mapping("select", select=_mapping("kind", kind=_TEXT, name=_TEXT), fieldPaths=_TEXTS)
            ),
        )
    ),
}
