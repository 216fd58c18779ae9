"""Random specs: drawn from the models, so that a new section is reached as it is; and broken ones made from them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from hypothesis import assume
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mlkc.check.facts.facts import facts
from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity
from mlkc.plan.resolve import resolve
from mlkc.source.tree import SourceTree, Spans
from mlkc.spec.annotate import Within
from mlkc.spec.fields import fields_of, model_at
from mlkc.spec.stack import Settings, Stack
from mlkc.spec.validate import validate
from mlkc.text.paths import SpecPath
from mlkc.text.span import Position, SourceFile, Span
from random_values import OF_FIELDS, OF_MODELS, OF_TYPES, Values


@cache
def of_model(model: type[BaseModel], without: frozenset[str] = frozenset(), must: SpecPath = ()) -> Values:
    """A mapping of a model's keys; the optional ones are there or not.

    Args:
        model: the model.
        without: keys that are left out.
        must: the path of a key in it that is there in any case.
    """
    fields = {key: info for key, info in fields_of(model).items() if key not in without}
    drawn = {
        key: _of_field(model, key, info, must[1:] if must[:1] == (key,) else ())
        for key, info in fields.items()
    }
    needed = {key for key, info in fields.items() if info.is_required() or must[:1] == (key,)}
    found = st.fixed_dictionaries(
        {key: values for key, values in drawn.items() if key in needed},
        optional={key: values for key, values in drawn.items() if key not in needed},
    )
    fits = OF_MODELS.get(model.__name__)
    return found if fits is None else found.map(fits)


def _of_field(model: type[BaseModel], key: str, info: FieldInfo, must: SpecPath) -> Values:
    own = OF_FIELDS.get((model.__name__, key))
    if own is not None:
        return own
    try:
        return of_type(info.annotation, tuple(info.metadata), must)
    except LookupError as error:
        if isinstance(info.default, str):
            return st.just(info.default)
        raise AssertionError(f"`{key}` of {model.__name__} wants a row in random_values.py") from error


def of_type(annotation: Any, metadata: tuple[Any, ...], must: SpecPath) -> Values:
    """A value of a type, with what `must` be in it."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return of_type(inner[0], tuple(_flat(annotation.__metadata__)), must)
    if NoneType in inner:
        return of_type(next(one for one in inner if one is not NoneType), metadata, must)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return of_model(annotation, must=must)
    if origin in (list, dict):
        least = next((one.min_length for one in metadata if isinstance(one, MinLen)), 1 if must else 0)
        parts = [of_type(one, (), must[1:]) for one in inner]
        if origin is list:
            return st.lists(parts[0], min_size=least, max_size=3)
        return st.dictionaries(*parts, min_size=least, max_size=2)
    return st.sampled_from(inner) if origin is Literal else _scalar(annotation, metadata)


def _scalar(annotation: Any, metadata: tuple[Any, ...]) -> Values:
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        low = next((int(str(one.ge)) for one in metadata if isinstance(one, Ge)), None)
        high = next((int(str(one.le)) for one in metadata if isinstance(one, Le)), None)
        for one in metadata:
            if isinstance(one, Within):
                bounds: dict[str, Any] = {**one.__get_pydantic_core_schema__(int, None)}  # type: ignore[arg-type]
                low, high = bounds["ge"], bounds["le"]
        return st.integers(low, high)
    for one in metadata:
        if getattr(one, "pattern", None):
            return st.from_regex(one.pattern, fullmatch=True)
    found = [values for alias, values in OF_TYPES if alias.__metadata__[0] in metadata]
    if not found:
        raise LookupError(f"no values of {annotation} {metadata}")
    return found[0]


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    """A `Field(ge=1)` inside an annotation holds its bounds as metadata of its own."""
    for one in metadata:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)


NO_PATCHES = frozenset({"patches"})
OVERRIDES = st.one_of(st.just({}), of_model(Settings, NO_PATCHES))
REST = of_model(Stack, frozenset(fields_of(Stack)) - {"accept", "name"})


@st.composite
def whole_specs(draw: st.DrawFn, must: SpecPath = ()) -> dict[str, Any]:
    """A spec that the stages before the emitters take: what they refuse is taken out of it.

    Args:
        draw: Hypothesis.
        must: a setting that is in it, unless that is refused.
    """
    head = {"apiVersion": "mlkc.dev/v1alpha1", "kind": "MLflowStack"}
    environments = {"one": {}, "two": draw(OVERRIDES)}
    spec = {**head, **draw(of_model(Settings, NO_PATCHES, must)), **draw(REST), "environments": environments}
    for _ in range(30):
        faults = refusals(spec)
        if not faults:
            return spec
        for path in sorted({_place(fault) for fault in faults}, key=str, reverse=True):
            _take_out(spec, path)
    assume(False)
    return spec


TARGETS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["Deployment", "Service", "StatefulSet", "Namespace"]),
        "name": st.sampled_from(["mlflow", "mlflow-db", "mlflow-client"]),
    }
)
HARMLESS = st.fixed_dictionaries({"metadata": st.just({"annotations": {"example.com/owner": "ml"}})})
MERGES = st.one_of(
    HARMLESS,
    st.fixed_dictionaries(
        {"spec": st.dictionaries(st.sampled_from(["replicas", "selector", "type", "x"]), st.integers(0, 3))}
    ),
)
OPERATIONS = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "remove", "replace"]),
        "path": st.sampled_from(["/spec/replicas", "/metadata/x"]),
    },
    optional={"value": st.integers(0, 3)},
)
PATCHES = st.one_of(
    st.fixed_dictionaries({"target": TARGETS, "merge": MERGES}),
    st.fixed_dictionaries({"target": TARGETS, "json": st.lists(OPERATIONS, min_size=1, max_size=2)}),
)


@st.composite
def patched_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec that is fine, and patches after it that may not be."""
    return {**draw(whole_specs()), "patches": draw(st.lists(PATCHES, min_size=1, max_size=2))}


def written(spec: dict[str, Any]) -> Iterator[SpecPath]:
    """The settings that a spec writes, those of an environment and of all of them alike; of a list the first entry."""
    for path, _ in _lines(spec, ()):
        below = path[2:] if path[:1] == ("environments",) else path
        yield tuple(0 if isinstance(part, int) else part for part in below)


def settings_of(model: type[BaseModel], path: SpecPath = ()) -> Iterator[SpecPath]:
    """Every key of a model and of those in it."""
    for key in fields_of(model):
        yield (*path, key)
        for step in ((key,), (key, 0)):
            below = model_at(model, step)
            if below is not None:
                yield from settings_of(below, (*path, *step))


def refusals(spec: dict[str, Any]) -> list[Diagnostic]:
    """The errors that validation, resolving, and the rules over the plan find in a spec."""
    parsed = validate(tree_of(spec))
    resolved = resolve(parsed.value) if parsed.value else None
    found = [*parsed.diagnostics, *(resolved.diagnostics if resolved else ())]
    if resolved is not None and resolved.value is not None:
        found += facts(resolved.value)
    return [one for one in found if one.severity is Severity.ERROR]


def tree_of(spec: dict[str, Any]) -> SourceTree:
    """The spec as it is read from a file with a line for each of its elements, without the reading."""
    lines = list(_lines(spec, ()))
    file = SourceFile("random.yaml", "\n".join(text for _, text in lines))
    spans = {
        path: Span(file, Position(number, 1), Position(number, len(text) + 1))
        for number, (path, text) in enumerate(lines, 1)
    }
    return SourceTree(file, spec, {path: Spans(span, span) for path, span in spans.items()})


def _lines(node: Any, path: SpecPath) -> Iterator[tuple[SpecPath, str]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    yield path, json.dumps(node)
    for key, value in inside:
        yield from _lines(value, (*path, key))


def _place(fault: Diagnostic) -> SpecPath:
    place = fault.primary.place
    return place.path if isinstance(place, InSpec) else ()


def _take_out(spec: dict[str, Any], path: SpecPath) -> None:
    """Takes away what stands at a path; of a key that must be there, what stands beside it and may be left out."""
    assume(path)
    holder: Any = spec
    for part in path[:-1]:
        inside = (
            part in holder if isinstance(holder, dict) else isinstance(holder, list) and part < len(holder)
        )
        if not inside:
            return
        holder = holder[part]
    key = path[-1]
    if isinstance(holder, list):
        del holder[int(key) : int(key) + 1]
        return
    model = model_at(Stack, path[:-1]) if path[0] != "environments" else None
    needed = {name for name, info in fields_of(model).items() if info.is_required()} if model else set()
    if key not in needed:
        holder.pop(key, None)
    elif holder.keys() <= needed:
        _take_out(spec, path[:-1])
    else:
        for other in holder.keys() - needed:
            del holder[other]


# What a person may write by mistake, or a program.
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=2),
)


@st.composite
def broken_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec in which one to three values or keys are something else; few are still valid."""
    spec = copy.deepcopy(draw(whole_specs()))
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(list(_places(spec))))
        if isinstance(holder, dict) and draw(st.booleans()):
            holder[draw(st.text(max_size=12))] = holder.pop(key)
        else:
            holder[key] = draw(JUNK)
    return spec


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield node, key
        yield from _places(value)
