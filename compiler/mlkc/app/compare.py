"""Two renderings, field by field; entries of a list are found by their name wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from mlkc.emit.difference import MERGE_KEYS
from mlkc.text.paths import Pointer

Objects = Mapping[tuple[str, str], Any]
"""The objects of one environment by kind and name."""


class FieldChange(Struct, frozen=True):
    """A field that differs.

    Attributes:
        kind, name: the object.
        steps: the field's keys, with the names of list entries for their indexes; empty for the object as a whole.
        pointer: the field in the new object, or the part that it was in.
        old, new: the values; None where there is none.
    """

    kind: str
    name: str
    steps: tuple[str, ...]
    pointer: Pointer
    old: Any
    new: Any


def compare(old: Objects, new: Objects) -> Iterator[FieldChange]:
    """Yields what differs, objects in the order of the new side, those that are gone at the end."""
    for (kind, name), body in new.items():
        before = old.get((kind, name))
        if before is None:
            yield FieldChange(kind, name, (), (), None, body)
        else:
            yield from _node(kind, name, before, body, (), ())
    for (kind, name), body in old.items():
        if (kind, name) not in new:
            yield FieldChange(kind, name, (), (), body, None)


def _node(
    kind: str, name: str, old: Any, new: Any, steps: tuple[str, ...], pointer: Pointer
) -> Iterator[FieldChange]:
    if old == new:
        return
    before, after = _entries(old, new, steps)
    if before is None or after is None:
        yield FieldChange(kind, name, steps, pointer, old, new)
        return
    for key, (place, value) in after.items():
        inner = (*steps, key)
        if key in before:
            yield from _node(kind, name, before[key][1], value, inner, (*pointer, place))
        else:
            yield FieldChange(kind, name, inner, (*pointer, place), None, value)
    for key, (_, value) in before.items():
        if key not in after:
            yield FieldChange(kind, name, (*steps, key), pointer, value, None)


_Entries = dict[str, tuple[str | int, Any]]


def _entries(old: Any, new: Any, steps: tuple[str, ...]) -> tuple[_Entries | None, _Entries | None]:
    """Both values as entries by name; None where they have no parts that can be told apart."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return ({key: (key, value) for key, value in side.items()} for side in (old, new))  # type: ignore[return-value]
    if isinstance(old, list) and isinstance(new, list) and steps:
        key = merge_key(steps[-1], old, new)
        if key is not None:
            return tuple(  # type: ignore[return-value]
                {str(entry[key]): (index, entry) for index, entry in enumerate(side)} for side in (old, new)
            )
    return None, None


def merge_key(field: str, *lists: list[Any]) -> str | None:
    """Returns the key that tells the entries of lists apart; None where none does, as with a port of two protocols.

    Args:
        field: the key that the lists stand under.
        lists: the lists.
    """
    for key in MERGE_KEYS.get(field, ()):
        if all(_tells_apart(key, entries) for entries in lists):
            return key
    return None


def _tells_apart(key: str, entries: list[Any]) -> bool:
    if not all(isinstance(entry, Mapping) and key in entry for entry in entries):
        return False
    return len({str(entry[key]) for entry in entries}) == len(entries)
