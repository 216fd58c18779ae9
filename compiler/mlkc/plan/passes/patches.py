"""The user's patches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import PatchPlan
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.patches import Operation, Patch


def resolve_patches(
    patches: list[Patch], place: SpecPath, tree: SourceTree
) -> tuple[tuple[PatchPlan, ...], list[Diagnostic]]:
    """Resolves a list of patches that stands at `place`; one that is neither or both kinds is refused."""
    plans: list[PatchPlan] = []
    found: list[Diagnostic] = []
    for index, patch in enumerate(patches):
        path = (*place, index)
        if (patch.merge is None) == (patch.json_ is None):
            says = "neither `merge` nor `json`" if patch.merge is None else "both `merge` and `json`"
            help_ = "write one: `merge` with the fields to change, or `json` with a list of operations"
            found.append(codes.PATCH_WITHOUT_CHANGE.at(InSpec(path), f"a patch with {says}", help=help_))
            continue
        operations = tuple(
            {
                key: value
                for key, value in _keys(operation).items()
                # A value may be null, which is something else than none.
                if value is not None or (key == "value" and tree.has((*path, "json", number, key)))
            }
            for number, operation in enumerate(patch.json_ or ())
        )
        from mlkc.plan.passes.patch_faults import faults  # noqa: PLC0415  most specs have no patches

        found += faults(patch.merge, operations, path)
        plans.append(PatchPlan(path, patch.target.kind, patch.target.name, patch.merge, operations))
    return tuple(plans), found


def _keys(operation: Operation) -> dict[str, Any]:
    return {"op": operation.op, "path": operation.path, "from": operation.from_, "value": operation.value}
