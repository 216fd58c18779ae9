"""One broken rule of a schema, as the rules of this folder read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mlkc.artifact.model import Artifact
from mlkc.check.schemas.store import SchemaStore

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError


class Failure(Struct, frozen=True):
    """An error of the schema engine, or None where the API as a whole is not served.

    Attributes:
        artifact: the object.
        store: the schemas that it was held against.
        error: what the engine says.
    """

    artifact: Artifact
    store: SchemaStore
    error: ValidationError | None = None

    @property
    def keyword(self) -> str:
        """The JSON Schema keyword that is broken; empty for an API that is not served."""
        return self.error.kind.name if self.error else ""

    @property
    def pointer(self) -> tuple[str | int, ...]:
        """The part of the object."""
        return tuple(self.error.instance_path) if self.error else ()

    @property
    def siblings(self) -> dict[str, Any]:
        """The fields that the schema has where the error is, with their schemas."""
        if self.error is None:
            return {}
        api_version, kind = self.artifact.body["apiVersion"], self.artifact.body["kind"]
        part = self.store.part(api_version, kind, self.error.schema_path[:-1])
        return dict(part.get("properties", {})) if isinstance(part, dict) else {}
