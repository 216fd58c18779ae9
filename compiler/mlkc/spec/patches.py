"""`patches`: the way out for what the spec doesn't know; Kustomize applies them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName
from mlkc.spec.patches_types import JsonPointer, Kind


class Target(SpecModel):
    """One object of the output."""

    kind: Kind = Field(description="Kind: `Deployment`.")
    name: HostName = Field(description="Name of the object.")


class Operation(SpecModel):
    """An operation of a JSON patch, RFC 6902."""

    op: Literal["add", "remove", "replace", "move", "copy", "test"] = Field(description="What to do.")
    path: JsonPointer = Field(description="JSON Pointer: `/spec/replicas`.")
    from_: JsonPointer | None = Field(
        default=None, alias="from", description="JSON Pointer of the source of a move or copy."
    )
    value: Any = Field(default=None, description="The new value.")


class Patch(SpecModel):
    """A strategic merge patch (`merge`) or a JSON patch (`json`) of one object."""

    target: Target = Field(description="The object to change.")
    merge: dict[str, Any] | None = Field(
        default=None, description="Strategic merge patch: only the fields to change."
    )
    json_: Annotated[list[Operation], Field(min_length=1)] | None = Field(
        default=None, alias="json", description="JSON patch: a list of operations."
    )
