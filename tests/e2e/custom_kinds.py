"""The resource definitions of kinds that mlkc emits and no Kubernetes has, made from the schemas that it checks with.

Their operators are not there: what is tried is that a server takes the objects as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlkc.check.schemas import store

_SCHEMAS = Path(store.__file__).parent / "custom"


def definitions() -> Iterator[dict[str, Any]]:
    """Yields a CustomResourceDefinition for each schema."""
    for path in sorted(_SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_bytes())
        (api_version,), (kind,) = (schema["properties"][key]["enum"] for key in ("apiVersion", "kind"))
        group, _, version = api_version.partition("/")
        plural = f"{kind.lower()}s"
        spec = _structural(schema["properties"]["spec"])
        whole = {"type": "object", "required": ["spec"], "properties": {"spec": spec}}
        yield {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {
                "name": f"{plural}.{group}",
                # A server takes a group of k8s.io only with a word on its approval: these are no project's own.
                "annotations": {"api-approved.kubernetes.io": "unapproved, made for a test"},
            },
            "spec": {
                "group": group,
                "names": {"kind": kind, "plural": plural, "singular": kind.lower()},
                "scope": "Namespaced",
                "versions": [
                    {"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": whole}}
                ],
            },
        }


def _structural(schema: Any) -> Any:
    """A schema as a server takes it: unknown fields are its own business there."""
    if isinstance(schema, dict):
        return {key: _structural(value) for key, value in schema.items() if value is not False}
    return schema
