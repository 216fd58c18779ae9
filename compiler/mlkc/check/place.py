"""From a part of an output to the line of the spec that explains it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.model import Finding
from mlkc.diag.diagnostic import InOutput, InSpec, Place
from mlkc.plan.plan import PatchPlan, Plan
from mlkc.text.paths import Path, Pointer, SpecPath, pointer

# Keys by which a strategic merge finds its entry in a list.
_ENTRY_KEYS = ("name", "mountPath", "ip", "containerPort", "port")


def place(plan: Plan, finding: Finding, patches: Sequence[PatchPlan] = (), *, blame: bool = False) -> Place:
    """Finds the place that a finding is about.

    A user's patch that touches the part comes first, the last one that does; then, where patches are to blame, the
    last one for an object that the message names; then the plan value that made the part, or what it contradicts where
    that is a default; where nothing explains it, the part of the output itself.

    Args:
        plan: the plan of the compile.
        finding: what was found.
        patches: the user's patches that went into the objects, in the order in which they apply.
        blame: the fault was not there before the patches.
    """
    for patch in reversed(patches):
        if (patch.kind, patch.name) == (objects.kind(finding.artifact), objects.name(finding.artifact)):
            touched = _touched(patch, finding.artifact.body, finding.pointer)
            if touched is not None:
                return InSpec(touched)
    if blame and patches:
        return InSpec(_culprit(finding, patches).spec_path)
    origin = _origin(plan, finding.artifact, finding.pointer)
    if finding.against and origin not in plan.written:
        other = _origin(plan, *finding.against)
        origin = other if other in plan.written else origin
    return InSpec(origin) if origin else output_place(finding.artifact, finding.pointer)


def _origin(plan: Plan, artifact: Artifact, part: Pointer) -> SpecPath:
    """The setting that explains a part; empty where no value of the plan made it, or no setting that value."""
    path = artifact.origin(part)
    return plan.origin(path).spec_path if path else ()


def _culprit(finding: Finding, patches: Sequence[PatchPlan]) -> PatchPlan:
    for patch in reversed(patches):
        if re.search(rf"\b{re.escape(f'{patch.kind} {patch.name}')}(?![-.\w])", finding.message):
            return patch
    return patches[-1]


def output_place(artifact: Artifact, part: Pointer) -> InOutput:
    """Returns the place in the output itself."""
    return InOutput(artifact.path, pointer(part))


def _touched(patch: PatchPlan, body: Any, part: Pointer) -> SpecPath | None:
    """The place of the patch that wrote `part` of an object, or something in it; None if it did not."""
    if patch.merge is not None:
        below = merged(patch.merge, body, part)
        return None if below is None else (*patch.spec_path, "merge", *below)
    for index, operation in reversed(list(enumerate(patch.operations))):
        written = _parse(str(operation.get("path", "")))
        common = min(len(written), len(part))
        if [str(step) for step in part[:common]] == written[:common] or _appends(written, part):
            return (*patch.spec_path, "json", index)
    return None


def merged(patch: Any, body: Any, part: Pointer) -> Path | None:
    """Walks a strategic merge patch along `part`; the path in the patch, or None where the patch has nothing."""
    if not part:
        return ()
    step, rest = part[0], part[1:]
    inner = tree.get(body, (step,))
    if isinstance(patch, Mapping):
        if step not in patch:
            return None
        below = merged(patch[step], inner, rest)
        return None if below is None else (step, *below)
    if isinstance(patch, list):
        for index, entry in enumerate(patch):
            if _same_entry(entry, inner):
                below = merged(entry, inner, rest)
                return None if below is None else (index, *below)
        return None
    # The patch holds a scalar above the part: it replaced everything below.
    return ()


def _same_entry(entry: Any, other: Any) -> bool:
    if not isinstance(entry, Mapping) or not isinstance(other, Mapping):
        return bool(entry == other)
    for key in _ENTRY_KEYS:
        if key in entry:
            return bool(entry[key] == other.get(key))
    return False


def _parse(written: str) -> list[str]:
    """The steps of a JSON Pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in written.split("/")[1:]]


def _appends(written: list[str], part: Pointer) -> bool:
    """A path that ends in `-` added an entry to a list, which then has some index."""
    above = [str(step) for step in part[: len(written) - 1]]
    return written[-1:] == ["-"] and above == written[:-1]
