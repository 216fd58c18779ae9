"""The base of every model of the spec."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# Pydantic would read the metadata of every installed package to look for plugins: 2 ms, and nothing that a compiler,
# whose output must be the same on every machine, may depend on.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

_PLUGINS = "pydantic.plugin._loader"


def _leave_out_plugins() -> None:
    """Puts a module without plugins in the place of the one that looks for them.

    Even when it is told not to look, that one imports importlib.metadata and with it the parser of e-mail messages,
    10 ms at every start. Whatever else is wanted of it is taken from the true one.
    """
    if _PLUGINS in sys.modules:
        return
    stub = ModuleType(_PLUGINS)

    def true_one(name: str) -> Any:
        if name.startswith("__"):  # the import system asks whether it is a package
            raise AttributeError(name)
        if sys.modules.get(_PLUGINS) is stub:
            del sys.modules[_PLUGINS]
        return getattr(import_module(_PLUGINS), name)

    vars(stub).update(get_plugins=tuple, __getattr__=true_one)
    sys.modules[_PLUGINS] = stub


_leave_out_plugins()


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
