"""The value of the validate stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.source.tree import SourceTree

if TYPE_CHECKING:
    from mlkc.spec.stack import Settings, Stack


class EnvironmentSpec(Struct, frozen=True):
    """One environment: the whole settings that hold there, its overrides laid over the rest."""

    name: str
    settings: Settings


class ParsedSpec(Struct, frozen=True):
    """A spec without errors.

    Attributes:
        stack: the root; its own settings hold in every environment that does not override them.
        environments: in the order of their names.
        tree: the file it was read from.
    """

    stack: Stack
    environments: tuple[EnvironmentSpec, ...]
    tree: SourceTree
