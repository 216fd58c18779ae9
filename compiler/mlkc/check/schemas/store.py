"""The schemas that the package kubernetes-validate ships, read without importing it.

Its import costs 100 ms and its `validate` re-reads 1.3 MB at each call and stops at the first error
(docs/adr/0003-schema-engine.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlkc.check.schemas.definitions import Definitions
from mlkc.check.schemas.engine import jsonschema_rs

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_PACKAGE = "kubernetes_validate"
# Kinds of resource definitions that mlkc emits; each file names its source.
_OWN = Path(__file__).parent / "custom"


class SchemaStore:
    """The schemas of one Kubernetes minor; a kind is compiled when it is first asked for.

    Args:
        minor: `1.36`.

    Raises:
        FileNotFoundError: the package is not installed, or it has no schemas of this minor.
    """

    def __init__(self, minor: str) -> None:
        self.minor = minor
        self.folder = _schemas() / f"v{minor}.0-local-strict"
        if not self.folder.is_dir():
            raise FileNotFoundError(f"{_PACKAGE} has no schemas of Kubernetes {minor}: {self.folder}")
        self._definitions: Definitions | None = None
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}
        self._schemas: dict[tuple[str, str], tuple[bytes, Any] | None] = {}

    def validator(self, api_version: str, kind: str) -> Draft202012Validator | None:
        """Returns the validator of a kind, or None when this minor does not serve it."""
        key = api_version, kind
        if key not in self._validators:
            self.prepare([key])
        return self._validators[key]

    def serves(self, api_version: str, kind: str) -> bool:
        """Tells whether this minor has the API, without compiling its schema."""
        return self._read(api_version, kind) is not None

    def part(self, api_version: str, kind: str, schema_path: list[str | int]) -> Any:
        """Returns the piece of schema that an error names by its path, or None."""
        found = self._read(api_version, kind)
        if found is None or self._definitions is None:
            return None
        content, node = found
        if schema_path[:1] == ["$defs"]:
            node = {"$defs": self._definitions.needed([content])}
        for step in schema_path:
            if isinstance(node, dict):
                node = node.get(str(step))
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def versions_of(self, kind: str) -> tuple[str, ...]:
        """Lists the apiVersions that this minor has for a kind, the stable ones first."""
        found: list[str] = []
        for path in (*self.folder.glob(f"{kind.lower()}-*.json"), *_OWN.glob(f"{kind.lower()}-*.json")):
            schema = json.loads(path.read_bytes())
            properties = schema.get("properties", {})
            if kind in _enum(properties.get("kind")):
                found += _enum(properties.get("apiVersion"))
        return tuple(
            sorted(set(found), key=lambda version: ("alpha" in version or "beta" in version, version))
        )

    def kinds(self) -> tuple[str, ...]:
        """Lists what can be an object's kind, in lower case as the files are named."""
        return tuple(
            sorted({path.stem.rsplit("-", 1)[0].split("-")[0] for path in self.folder.glob("*-v*.json")})
        )

    def _read(self, api_version: str, kind: str) -> tuple[bytes, Any] | None:
        key = api_version, kind
        if key not in self._schemas:
            self._schemas[key] = self._load(api_version, kind)
        return self._schemas[key]

    def _load(self, api_version: str, kind: str) -> tuple[bytes, Any] | None:
        if not api_version or not kind.isalnum():
            return None
        group, slash, version = api_version.rpartition("/")
        # rbac.authorization.k8s.io/v1 Role stands in role-rbac-v1.json, a core v1 Service in service-v1.json.
        name = f"{kind.lower()}-{group.partition('.')[0]}-{version}" if slash else f"{kind.lower()}-{version}"
        content = _content(self.folder / f"{name}.json") or _content(_OWN / f"{name}.json")
        if content is None:
            return None
        schema = json.loads(content)
        properties = schema.get("properties", {})
        # A file name forgets the case of the kind and the domain of the group; the schema knows both.
        right = kind in _enum(properties.get("kind")) and api_version in _enum(properties.get("apiVersion"))
        return (content, schema) if right else None

    def prepare(self, apis: Iterable[tuple[str, str]]) -> None:
        """Compiles the schemas of several (apiVersion, kind) at once, which share most of their definitions."""
        wanted = {key: self._read(*key) for key in apis if key not in self._validators}
        found = {key: read for key, read in wanted.items() if read is not None}
        self._validators |= dict.fromkeys(wanted.keys() - found.keys())
        if not found:
            return
        if self._definitions is None:
            self._definitions = Definitions((self.folder / "_definitions.json").read_bytes())
        needed = self._definitions.needed(content for content, _ in found.values())
        identity = self._definitions.identity
        engine = jsonschema_rs()
        registry = engine.Registry([(identity, {"$id": identity, "$defs": needed})])
        for key, (_, schema) in found.items():
            self._validators[key] = engine.Draft202012Validator(schema, registry=registry, offline=True)


@cache
def schema_store(minor: str) -> SchemaStore:
    """Returns the schemas of a minor; one for a process, so that it can be got ready ahead of a check."""
    return SchemaStore(minor)


def _schemas() -> Path:
    spec = PathFinder.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {_PACKAGE} is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "kubernetes-json-schema"


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _enum(schema: Any) -> list[str]:
    found = schema.get("enum", []) if isinstance(schema, dict) else []
    return list(found)
