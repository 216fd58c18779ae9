"""The value of the validate stage."""

from __future__ import annotations

from dataclasses import dataclass

from mlkc.source.tree import SourceTree
from mlkc.spec.stack import Settings, Stack


@dataclass(frozen=True, slots=True)
class EnvironmentSpec:
    """One environment: the whole settings that hold there, its overrides laid over the rest."""

    name: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class ParsedSpec:
    """A spec without errors.

    Attributes:
        stack: the root; its own settings hold in every environment that does not override them.
        environments: in the order of their names.
        tree: the file it was read from.
    """

    stack: Stack
    environments: tuple[EnvironmentSpec, ...]
    tree: SourceTree
