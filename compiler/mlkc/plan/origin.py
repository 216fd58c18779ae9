"""Where a value of the plan comes from."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from mlkc.text.paths import Path, SpecPath


class OriginKind(StrEnum):
    """The ways a plan value comes about."""

    SPEC = "spec"
    OVERRIDE = "override"
    DEFAULT = "default"
    DERIVED = "derived"


class Origin(Struct, frozen=True):
    """The answer to "why is this value what it is".

    Attributes:
        kind: written in the spec, overridden by an environment, a default, or computed from other values.
        spec_path: the line that decides it; for a default the place where one would write it.
        rule: the pass that computed it, or the reason of the default; empty for a written value.
    """

    kind: OriginKind
    spec_path: SpecPath
    rule: str = ""


class Derivation(Struct, frozen=True):
    """A rule for a part of the plan that is not a copy of the spec.

    Attributes:
        sources: spec paths it is computed from, the decisive one first.
        rule: what the computation is, a phrase that reads well after "because".
    """

    sources: tuple[Path, ...]
    rule: str
