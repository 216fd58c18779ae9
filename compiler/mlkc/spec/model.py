"""The base of every model of the spec."""

from __future__ import annotations

import os
from typing import Any

# Pydantic would read the metadata of every installed package to look for plugins: 2 ms, and nothing that a compiler,
# whose output must be the same on every machine, may depend on.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class SpecModel(BaseModel):
    """A mapping of the spec.

    Keys are camelCase as in Kubernetes, unknown keys are errors, nothing is converted (`"3"` is no number),
    and a validated model is frozen. Building is deferred: only the root's validator is ever made.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        defer_build=True,
        extra="forbid",
        frozen=True,
        strict=True,
        hide_input_in_errors=True,
    )


def section(description: str) -> Any:
    """A field that holds a mapping, which may be left out: an empty mapping is validated in its place.

    An instance as the default would do the same and cost more: each builds a validator of its own, 12 of them at
    every start, 8 ms.
    """
    return Field(default_factory=dict, validate_default=True, description=description)
