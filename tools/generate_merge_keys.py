"""Writes the part of Kubernetes' OpenAPI that says how lists are merged, for the renderings of a compile.

    python tools/generate_merge_keys.py [--check]

Kustomize reads an OpenAPI of its own for this, 1.6 MB of it, which takes 80 ms in each of its processes. What it needs
of it for the kinds below are the merge keys of their lists; they are taken from the definitions that
kubernetes-validate ships. tests/check/test_merge_keys.py shows that Kustomize makes the same of every golden overlay
with either.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

VERSION = "1.37"
# File of the kind's schema in kubernetes-validate. A merge patch for any other kind is rendered with the whole OpenAPI.
KINDS = (
    "configmap-v1",
    "cronjob-batch-v1",
    "daemonset-apps-v1",
    "deployment-apps-v1",
    "horizontalpodautoscaler-autoscaling-v2",
    "ingress-networking-v1",
    "job-batch-v1",
    "limitrange-v1",
    "namespace-v1",
    "networkpolicy-networking-v1",
    "persistentvolumeclaim-v1",
    "pod-v1",
    "poddisruptionbudget-policy-v1",
    "resourcequota-v1",
    "role-rbac-v1",
    "rolebinding-rbac-v1",
    "secret-v1",
    "service-v1",
    "serviceaccount-v1",
    "statefulset-apps-v1",
)
TARGET = Path(__file__).parents[1] / "compiler/mlkc/check/kustomize/merge_keys.json"
_KEPT = ("x-kubernetes-patch-merge-key", "x-kubernetes-patch-strategy")


class Reducer:
    """Keeps of the definitions what leads to a list with a merge key or a patch strategy."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self.all = definitions
        self.kept: dict[str, Any] = {}

    def definition(self, name: str) -> bool:
        """Reduces a definition; returns whether anything of it is worth keeping."""
        if name not in self.kept:
            self.kept[name] = {}  # a type that refers to itself
            self.kept[name] = self.properties(self.all.get(name, {}))
        return bool(self.kept[name])

    def properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Reduces the properties of an object's schema."""
        reduced = {key: self.property(value) for key, value in schema.get("properties", {}).items()}
        found = {key: value for key, value in sorted(reduced.items()) if value}
        return {"type": "object", "properties": found} if found else {}

    def property(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Reduces one property: a reference, a list or a value."""
        found = {key: schema[key] for key in _KEPT if key in schema}
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return {"$ref": f"#/definitions/{name}", **found} if self.definition(name) else found
        items = schema.get("items")
        below = self.property(items) if isinstance(items, dict) else {}
        if not found and not below:
            return {}
        return {"type": "array", "items": below or {"type": (items or {}).get("type", "object")}, **found}


def reduced() -> str:
    """Returns the text of the file."""
    package = find_spec("kubernetes_validate")
    if package is None or package.origin is None:
        raise LookupError("kubernetes-validate is not installed")
    folder = Path(package.origin).parent / f"kubernetes-json-schema/v{VERSION}.0-local-strict"
    reducer = Reducer(json.loads((folder / "_definitions.json").read_text())["$defs"])
    kinds = {}
    for name in KINDS:
        schema = json.loads((folder / f"{name}.json").read_text())
        schema["properties"].pop("status", None)  # nobody patches it
        shape = reducer.properties(schema) or {"type": "object"}
        kinds[name] = {**shape, "x-kubernetes-group-version-kind": schema["x-kubernetes-group-version-kind"]}
    shapes = {name: shape for name, shape in reducer.kept.items() if shape}
    return (
        json.dumps({"definitions": dict(sorted((kinds | shapes).items()))}, indent=1, sort_keys=True) + "\n"
    )


def main() -> int:
    """Writes the file, or with --check says whether it is up to date."""
    text = reduced()
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text() == text:
            return 0
        print(f"{TARGET.name} is stale: run python tools/generate_merge_keys.py", file=sys.stderr)  # noqa: T201
        return 1
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
