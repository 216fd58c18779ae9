"""`patches`: the way out for what the spec doesn't know; Kustomize applies them."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import HostName, refuse


def _kind(text: str) -> str:
    if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,62}", text):
        return text
    guess = text[:1].upper() + text[1:]
    advice = (
        f"write `{guess}`"
        if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,62}", guess)
        else "write one such as `Deployment`"
    )
    refuse("invalid-pattern", f"`{text}` is not a kind of object", advice)


def _json_pointer(text: str) -> str:
    if re.fullmatch(r"(/([^~/\x00-\x1f\x7f]|~[01])*)*", text):
        return text
    refuse("invalid-pattern", f"`{text}` is not a JSON Pointer", "write a path such as `/spec/replicas`")


JsonPointer = Annotated[str, AfterValidator(_json_pointer)]


class Target(SpecModel):
    """One object of the output."""

    kind: Annotated[str, AfterValidator(_kind)] = Field(description="Kind: `Deployment`.")
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
