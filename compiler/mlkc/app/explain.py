"""Why a part of an output is what it is: from the part to the plan, and from the plan to the spec."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.plan.origin import Origin, OriginKind
from mlkc.plan.plan import Plan
from mlkc.source.tree import SourceTree
from mlkc.text.paths import PlanPath, Pointer, SpecPath, dotted
from mlkc.text.span import Span

# Parts of a stack: a line that comes from one of these as a whole comes from none of its settings.
_SECTIONS: Final = frozenset({"database", "server", "client", "hdfs", "images"})
_PATCHES: Final = {ArtifactKind.MERGE_PATCH: "merge", ArtifactKind.JSON_PATCH: "json"}


class Cause(StrEnum):
    """The ways a part of an output comes about."""

    SPEC = "spec"
    OVERRIDE = "override"
    DEFAULT = "default"
    DERIVED = "derived"
    PATCH = "patch"
    FIXED = "fixed"


class Reason(Struct, frozen=True):
    """Why a part is what it is.

    Attributes:
        cause: how it comes about; FIXED is text that mlkc writes whatever the spec says.
        plan_path: the value of the plan that it shows; for FIXED what the file as a whole shows.
        setting: the setting of the spec that decides it, or where one would write it.
        written: whether the spec writes that setting.
        rule: the computation or the reason, a phrase; empty for a copy.
        place: the setting, or its nearest written parent.
        whole: the answer is that of the file as a whole.
    """

    cause: Cause
    plan_path: PlanPath
    setting: SpecPath
    written: bool
    rule: str
    place: Span
    whole: bool = False


class Explainer:
    """Answers for the outputs of one compile."""

    def __init__(self, plan: Plan, tree: SourceTree) -> None:
        self._plan = plan
        self._tree = tree

    def part(self, artifact: Artifact, pointer: Pointer) -> Reason:
        """Explains a part of an artifact; every part has an answer.

        Args:
            artifact: a file of the output.
            pointer: the part; for a text `(line,)`; empty for the file as a whole.
        """
        patch = self._patch(artifact, pointer)
        if patch is not None:
            return patch
        path = part_path(artifact, pointer)
        return self.whole(artifact) if path is None else self.value(path)

    def value(self, path: PlanPath) -> Reason:
        """Explains a value of the plan."""
        origin = self._plan.origin(path)
        return self._reason(Cause(str(origin.kind)), path, origin)

    def whole(self, artifact: Artifact) -> Reason:
        """Explains why there is such a file, and with it every line that shows no setting."""
        path = artifact.origin(())
        inner = path[1:] if path[:1] == ("base",) else path[2:] if path[:1] == ("environments",) else path
        fixed = self._fixed(artifact, path, inner)
        if fixed is not None:
            return fixed
        reason = self.value(path)
        return Reason(
            reason.cause, path, reason.setting, reason.written, reason.rule, reason.place, whole=True
        )

    def setting(self, cause: Cause, path: SpecPath, rule: str = "") -> Reason:
        """Makes the answer that a place of the spec says it itself."""
        return self._reason(cause, path, Origin(OriginKind.SPEC, path, rule))

    def _fixed(self, artifact: Artifact, path: PlanPath, inner: PlanPath) -> Reason | None:
        if not path:
            return self._whole(path, ("kind",), "mlkc writes this file for every spec")
        if path == ("base",):
            return self._whole(path, ("kind",), "every stack has a base, which all environments share")
        if path[0] == "environments" and not inner:
            return self._whole(path, path, f"the spec lists the environment {path[1]}")
        if path[0] == "images" and len(path) == 2:
            rule = f"mlkc writes this for every image of the {path[1]}"
            return self._whole(path, path if self._tree.has(path) else ("images",), rule)
        if len(inner) == 1 and inner[0] in _SECTIONS:
            setting = self._plan.origin(path).spec_path
            rule = f"mlkc writes it whatever the settings of `{inner[0]}` are"
            if _deletes(artifact):
                rule = f"an environment without the part `{inner[0]}` takes away what the base has of it"
            return self._whole(path, setting, rule)
        return None

    def _whole(self, path: PlanPath, setting: SpecPath, rule: str) -> Reason:
        return Reason(
            Cause.FIXED,
            path,
            setting,
            self._tree.has(setting),
            rule,
            self._tree.span(setting, key=True),
            whole=True,
        )

    def _patch(self, artifact: Artifact, pointer: Pointer) -> Reason | None:
        """Explains a line of a file that holds a user's patch by the patch's own line in the spec."""
        field = _PATCHES.get(artifact.kind)
        source = artifact.origin(())
        if field is None or source[-2:-1] != ("patches",):
            return None
        setting: SpecPath = self._plan.origin(source).spec_path
        written = (*setting, field, *pointer)
        rule = "a patch of the spec, which Kustomize applies"
        return self.setting(Cause.PATCH, written if self._tree.has(written) else setting, rule)

    def _reason(self, cause: Cause, path: PlanPath, origin: Origin) -> Reason:
        setting = origin.spec_path
        return Reason(cause, path, setting, self._tree.has(setting), origin.rule, self._tree.span(setting))


def part_path(artifact: Artifact, pointer: Pointer) -> PlanPath | None:
    """Returns the plan path that a part shows; None where only the file as a whole has one.

    A heading shows what everything below it has in common, and the first line of an entry what the entry shows.
    """
    for length in range(len(pointer), 0, -1):
        found = artifact.origins.get(pointer[:length])
        if found is not None:
            return found
    below = _below(artifact, pointer)
    if below is None and len(pointer) > 1 and isinstance(pointer[-2], int):
        below = _below(artifact, pointer[:-1])
    return below


def _below(artifact: Artifact, pointer: Pointer) -> PlanPath | None:
    if not pointer:
        return None
    size = len(pointer)
    common = _common(path for part, path in artifact.origins.items() if part[:size] == pointer)
    inner = common[2:] if common[:1] == ("environments",) else common[1:]
    return common if inner and inner not in {(section,) for section in _SECTIONS} else None


def _common(paths: Iterable[PlanPath]) -> PlanPath:
    found: PlanPath | None = None
    for path in paths:
        if found is None:
            found = path
        while path[: len(found)] != found:
            found = found[:-1]
    return found or ()


def _deletes(artifact: Artifact) -> bool:
    return artifact.kind is ArtifactKind.MERGE_PATCH and artifact.body.get("$patch") == "delete"


def named(path: PlanPath) -> str:
    """Writes a plan or spec path for people; the root is `the spec`."""
    return dotted(path) or "the spec"
