"""Every setting of the spec with its documentation, read from the models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mlkc.spec.fields import fields_of
from mlkc.spec.overlay import ROOT_ONLY
from mlkc.spec.stack import Stack

_PLAIN = {str: "text", int: "whole number", bool: "`true` or `false`", float: "number", Any: "anything"}


class SettingDoc(Struct, frozen=True):
    """A setting's documentation.

    Attributes:
        path: `hdfs.nodes[].address`.
        about: its description.
        type: in words.
        default: what holds when it is left out; None where it must be written.
        example: a value as YAML; empty where there is none.
        shared: it belongs to the spec as a whole, so that no environment may override it.
    """

    path: str
    about: str
    type: str
    default: str | None
    example: str
    shared: bool


@lru_cache(maxsize=1)
def settings() -> tuple[SettingDoc, ...]:
    """Lists every setting, in the order of the models, a mapping before its keys."""
    return tuple(_walk(Stack, ""))


def _walk(model: type[BaseModel], prefix: str) -> Iterator[SettingDoc]:
    for key, info in fields_of(model).items():
        path = prefix + key
        yield _setting(path, info)
        below, is_list = _model_below(info.annotation)
        if below is not None:
            yield from _walk(below, f"{path}[]." if is_list else f"{path}.")


def _setting(path: str, info: FieldInfo) -> SettingDoc:
    about = info.description or ""
    quoted = re.findall(r"`([^`]+)`", about)
    literals = _literals(info.annotation)
    default = _default(info)
    example = literals[-1] if literals else quoted[0] if quoted and " " not in quoted[0] else ""
    shared = path.partition(".")[0].partition("[")[0] in ROOT_ONLY
    return SettingDoc(path, about, _type(info.annotation), default, example or _value(default), shared)


def _default(info: FieldInfo) -> str | None:
    if info.is_required():
        return None
    if info.default_factory is not None:
        return "the defaults of its settings"
    if info.default is None:
        return "left out"
    if isinstance(info.default, bool):
        return str(info.default).lower()
    return "none" if info.default in ([], {}) else str(info.default)


def _value(default: str | None) -> str:
    """A default that can be written as it stands."""
    return default if default and " " not in default and default != "none" else ""


def _model_below(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model of the mapping, or of the elements of the list, in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    if get_origin(annotation) is dict:
        return None, False
    for part in get_args(annotation):
        found, _ = _model_below(part)
        if found is not None:
            return found, get_origin(annotation) is list or _model_below(part)[1]
    return None, False


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    return (
        []
        if get_origin(annotation) in {list, dict}
        else [v for a in get_args(annotation) for v in _literals(a)]
    )


def _type(annotation: Any) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in parts)
    if origin in {Union, UnionType}:
        return " or ".join(_type(part) for part in parts if part is not NoneType)
    if origin is list:
        return f"list of {_plural(_type(parts[0]))}"
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return "mapping"
    return _PLAIN.get(annotation, "text")


def _plural(noun: str) -> str:
    return f"{noun}s" if noun in {"text", "mapping"} else noun
