"""The user's patches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import PatchPlan
from mlkc.text.paths import SpecPath
from mlkc.text.secret_names import is_secret

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.patches import Operation, Patch


# What kind of object it is and where, or all of it; a merge patch is made with those of its target. A name may change.
_IDENTITY = frozenset({"", "/kind", "/apiVersion", "/metadata/namespace"})


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
        for number, operation in enumerate(operations):
            if operation["op"] != "test" and operation["path"] in _IDENTITY:
                found.append(
                    codes.PATCHED_IDENTITY.at(
                        InSpec((*path, "json", number, "path")),
                        f"`{operation['path']}` is what an object is known by",
                        help="leave it; the namespace is a setting; other objects go into a kustomization of yours",
                    )
                )
        found += _secrets(patch.merge if patch.merge is not None else list(operations), path)
        plans.append(PatchPlan(path, patch.target.kind, patch.target.name, patch.merge, operations))
    return tuple(plans), found


def _secrets(node: Any, place: SpecPath) -> Iterator[Diagnostic]:
    """Refuses variables with a secret's name and a text, wherever a patch has them."""
    if isinstance(node, list):
        for below in node:
            yield from _secrets(below, place)
    elif isinstance(node, dict):
        name, value = node.get("name"), node.get("value")
        if isinstance(name, str) and isinstance(value, str) and is_secret(name, value):
            yield codes.PLAIN_TEXT_SECRET.at(
                InSpec(place),
                f"`{name}` would put a secret into the spec, which is committed",
                help="put it into a Secret, and name that with `valueFrom.secretKeyRef`",
            )
        for below in node.values():
            yield from _secrets(below, place)


def _keys(operation: Operation) -> dict[str, Any]:
    return {"op": operation.op, "path": operation.path, "from": operation.from_, "value": operation.value}
