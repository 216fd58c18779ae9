"""The parts that `mlkc.spec.frozen` is made of: schemas of pydantic-core, and the values it makes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any

Schema = dict[str, Any]

# What every model of the spec has; see SpecModel.
CONFIG = {"extra_fields_behavior": "forbid", "hide_input_in_errors": True, "strict": True}


class Value:
    """A validated mapping: the fields of a model as attributes, with their defaults.

    It stands in for an instance of the model, which type checkers see in its place. It has none of the methods of one.
    """

    # pydantic-core sets the last three.
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        raise TypeError("it has lists and mappings")

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self.__dict__.items())})"
        )


def model(name: str, schema: Schema, ref: str | None = None) -> Schema:
    """A mapping of the spec; `schema` is of its fields."""
    made = type(name, (Value,), {"__slots__": ()})
    whole = {"type": "model", "cls": made, "schema": schema, "config": {**CONFIG, "title": name}}
    return whole if ref is None else {**whole, "ref": ref}


def fields(**each: Schema) -> Schema:
    """These keys and no others."""
    return {"type": "model-fields", "fields": each}


def field(key: str, schema: Schema) -> Schema:
    """A field with its key in YAML."""
    return {"type": "model-field", "schema": schema, "validation_alias": key}


def default(schema: Schema, value: Any) -> Schema:
    """What may be left out, and its value then."""
    return {"type": "default", "schema": schema, "default": value}


def section(schema: Schema) -> Schema:
    """What may be left out: an empty mapping is validated in its place."""
    return {"type": "default", "schema": schema, "default_factory": dict, "validate_default": True}


def maybe(schema: Schema) -> Schema:
    """What may be null."""
    return {"type": "nullable", "schema": schema}


def calls(kind: str, schema: Schema, module: str, name: str, ref: str | None = None) -> Schema:
    """A validator of type `kind` that calls a function; its file in this room is imported when it is called."""
    function = {"type": "no-info", "function": _later(module, name)}
    made = {"type": kind, "schema": schema, "function": function}
    return made if ref is None else {**made, "ref": ref}


def text(module: str, name: str) -> Schema:
    """A text that a function takes or refuses."""
    return calls("function-after", {"type": "str"}, module, name)


def refers(name: str) -> Schema:
    """A model that is defined once and used in several places."""
    return {"type": "definition-ref", "schema_ref": name}


def _later(module: str, name: str) -> Callable[[Any], Any]:
    known: Any = None

    def call(value: Any) -> Any:
        nonlocal known
        if known is None:
            known = attrgetter(name)(import_module(f"mlkc.spec.{module}"))
        return known(value)

    return call
