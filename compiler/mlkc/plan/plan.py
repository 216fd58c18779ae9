"""The plan: the value between the spec and the output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from mlkc.plan.origin import Derivation, Origin, OriginKind
from mlkc.plan.stack import StackPlan
from mlkc.text.paths import PlanPath, SpecPath

if TYPE_CHECKING:
    from mlkc.plan.images.model import ImageBuild


class PatchPlan(Struct, frozen=True):
    """A patch of the user's for one object.

    Attributes:
        spec_path: where it stands in the spec.
        kind, name: the object.
        merge: body of a strategic merge patch, or None.
        operations: operations of a JSON patch, empty when `merge` is given.
    """

    spec_path: SpecPath
    kind: str
    name: str
    merge: Mapping[str, Any] | None
    operations: tuple[Mapping[str, Any], ...]


class EnvironmentPlan(Struct, frozen=True):
    """One environment: an overlay."""

    name: str
    stack: StackPlan
    patches: tuple[PatchPlan, ...]


class Plan(Struct, frozen=True):
    """What to deploy everywhere.

    Paths start with `base`, `environments`, NAME or `images`, NAME; below that they are the fields of the
    values, and where a field copies a setting, its spec path.

    Attributes:
        name: name of the stack.
        base: the stack without any override, which `base/` holds.
        environments: in the order of their names.
        patches: the user's patches for all environments.
        images: the images to build.
        derivations: plan paths (below `base` or an environment) that are computed, with their rule.
        written: the setting's path (or that of an environment's override) → True for each that the spec writes.
    """

    name: str
    base: StackPlan
    environments: tuple[EnvironmentPlan, ...]
    patches: tuple[PatchPlan, ...]
    images: tuple[ImageBuild, ...]
    derivations: Mapping[PlanPath, Derivation]
    written: frozenset[SpecPath]

    def origin(self, path: PlanPath) -> Origin:
        """Finds where the value at `path` comes from; every plan path has an answer."""
        environment, field = _split(path)
        for length in range(len(field), 0, -1):
            derivation = self.derivations.get(field[:length])
            if derivation is not None and length < len(field) and self._says(environment, field):
                break
            if derivation is not None:
                return Origin(
                    OriginKind.DERIVED, self._written(environment, derivation.sources), derivation.rule
                )
        return self._copied(environment, field)

    def _says(self, environment: str | None, field: SpecPath) -> bool:
        """Tells whether the spec itself writes a part of what is computed, such as one property of a file."""
        return field in self.written or ("environments", environment, *field) in self.written

    def _written(self, environment: str | None, sources: tuple[SpecPath, ...]) -> SpecPath:
        """The first source that the spec writes, else the first."""
        origins = [self._copied(environment, source) for source in sources]
        chosen = [origin for origin in origins if origin.kind is not OriginKind.DEFAULT] or origins
        return chosen[0].spec_path

    def _copied(self, environment: str | None, setting: SpecPath) -> Origin:
        for length in range(len(setting), 0, -1):
            part = setting[:length]
            if environment is not None and self._overrides(("environments", environment, *part), setting):
                return Origin(OriginKind.OVERRIDE, ("environments", environment, *setting))
            if part in self.written and length == len(setting):
                return Origin(OriginKind.SPEC, setting)
        return Origin(OriginKind.DEFAULT, setting, "the setting is left out")

    def _overrides(self, path: SpecPath, setting: SpecPath) -> bool:
        """Tells whether what stands at `path` replaces a setting: a section with other keys in it does not."""
        if path not in self.written:
            return False
        size = len(path)
        return size == len(setting) + 2 or not any(
            len(other) > size and other[:size] == path for other in self.written
        )


def _split(path: PlanPath) -> tuple[str | None, SpecPath]:
    """Splits a plan path into its environment (None for the base and the images) and the setting's path."""
    if path[:1] == ("base",):
        return None, path[1:]
    if path[:1] == ("environments",) and len(path) > 1:
        return str(path[1]), path[2:]
    return None, path
