"""SourceTree to ParsedSpec: the root is validated once, then each environment with its overrides."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.diag.outcome import Outcome
from mlkc.source.tree import SourceTree
from mlkc.spec.overlay import ROOT_ONLY, settings_of, without_nulls
from mlkc.spec.parsed import EnvironmentSpec, ParsedSpec
from mlkc.spec.thaw import thawed
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.stack import Stack


def validate(tree: SourceTree) -> Outcome[ParsedSpec]:
    """Checks the spec's keys and values; everything wrong is reported, not the first."""
    if not isinstance(tree.data, dict):
        message = "the spec is not a mapping of settings"
        help_ = "start the file with `apiVersion: mlkc.dev/v1alpha1` and `kind: MLflowStack`"
        return Outcome(None, (codes.WRONG_TYPE.at(InSpec(()), message, help=help_),))
    root = without_nulls(tree.data)
    # An environment may be left empty: `dev:` is an overlay that overrides nothing.
    if isinstance(tree.data.get("environments"), dict):
        root["environments"] = tree.data["environments"]
    stack, found = _read(root, (), tree)
    environments = _environments(root, tree, found)
    if found or stack is None:
        return Outcome(None, tuple(found))
    return Outcome(ParsedSpec(stack, environments, tree), ())


def _environments(
    root: dict[str, Any], tree: SourceTree, found: list[Diagnostic]
) -> tuple[EnvironmentSpec, ...]:
    """Validates each environment; a fault is the environment's only if its own lines say it."""
    written = root.get("environments")
    if not isinstance(written, dict):
        return ()  # reported at the root
    result: list[EnvironmentSpec] = []
    for name in sorted(written, key=str):
        overrides = written[name]
        if overrides is None:
            overrides = {}
        if not isinstance(overrides, dict):
            continue  # reported at the root
        place = ("environments", name)
        found += [_fixed(place, key) for key in overrides if key in ROOT_ONLY]
        kept = {key: value for key, value in overrides.items() if key not in ROOT_ONLY}
        # Validated as a whole spec: a validator for the settings alone would take another 10 ms to build.
        frame = {key: root[key] for key in ROOT_ONLY if key in root}
        data = {**frame, **without_nulls(settings_of(root, kept))}
        settings, faults = _read(data, place, tree)
        if settings is not None:
            result.append(EnvironmentSpec(name, settings))
        for fault in faults:
            where = fault.primary.place
            if isinstance(where, InSpec) and _said_by(tree, where):
                found.append(fault)
    return tuple(result)


def _read(data: dict[str, Any], prefix: SpecPath, tree: SourceTree) -> tuple[Stack | None, list[Diagnostic]]:
    """Validates a whole spec that stands at `prefix`: quickly if it is right, and by the models if it is not."""
    quick = thawed()
    if quick is not None:
        with suppress(ValueError):  # pydantic's ValidationError is one
            return quick(data), []
    from pydantic import ValidationError  # noqa: PLC0415  60 ms, and 40 for the models

    from mlkc.spec.errors import diagnostics_of  # noqa: PLC0415
    from mlkc.spec.stack import Stack  # noqa: PLC0415

    try:
        return Stack.model_validate(data), []
    except ValidationError as error:
        return None, diagnostics_of(error, Stack, data, prefix, tree)


def _said_by(tree: SourceTree, where: InSpec) -> bool:
    """True when the environment's own lines hold the faulty value, or the mapping that lacks a key."""
    return len(where.path) > 2 and tree.has(where.path)


def _fixed(place: tuple[str, str], key: str) -> Diagnostic:
    return codes.FIXED_FOR_ALL_ENVIRONMENTS.at(
        InSpec((*place, key), key=True),
        f"`{key}` can't differ between environments",
        help="it belongs to the spec as a whole: write it once, at the top",
    )
