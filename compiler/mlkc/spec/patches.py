"""`patches`: the way out for what the spec doesn't know; Kustomize applies them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import HostName


class Target(SpecModel):
    """One object of the output."""

    kind: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]*$", max_length=63)] = Field(
        description="Kind: `Deployment`."
    )
    name: HostName = Field(description="Name of the object.")


class Operation(SpecModel):
    """An operation of a JSON patch, RFC 6902."""

    op: Literal["add", "remove", "replace", "move", "copy", "test"] = Field(description="What to do.")
    path: Annotated[str, Field(pattern=r"^(/[^\x00-\x1f\x7f]*)?$")] = Field(
        description="JSON Pointer: `/spec/replicas`."
    )
    from_: Annotated[str, Field(pattern=r"^(/[^\x00-\x1f\x7f]*)?$")] | None = Field(
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
