"""What keys the spec has at a path; read from the models."""

from __future__ import annotations

from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mlkc.text.paths import SpecPath


def key_of(name: str, info: FieldInfo) -> str:
    """Returns the field's key in YAML."""
    return info.alias or name


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Returns the fields of a model by their keys in YAML."""
    return {key_of(name, info): info for name, info in model.model_fields.items()}


def model_at(root: type[BaseModel], path: SpecPath) -> type[BaseModel] | None:
    """Finds the model of the mapping at `path`; None where it is a scalar, a list or free-form."""
    current: Any = root
    for part in path:
        model = _model_in(current)
        if isinstance(part, int):
            current = _element(current)
        elif model is not None:
            info = fields_of(model).get(part)
            if info is None:
                return None
            current = info.annotation
        else:
            return None
    return _model_in(current)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model in `Model`, `Model | None` or `Annotated[Model, …]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, dict}:
        return None
    return next((found for found in map(_model_in, get_args(annotation)) if found), None)


def _element(annotation: Any) -> Any:
    """The element type in `list[T]`, however wrapped."""
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    inner = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
    return next((found for found in map(_element, inner) if found is not None), None)
