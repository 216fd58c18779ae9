"""The use case behind `mlkc blame`: what another tool finds in the outputs, on the lines of the spec."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.explain import Explainer, Reason, named
from mlkc.app.field import find
from mlkc.app.foreign import Found, ReportError, read
from mlkc.app.judge import strictly, without_accepted
from mlkc.app.why import Compiled, artifact_at, compiled
from mlkc.app.why_object import Overlay
from mlkc.artifact.lines import lines, pointers
from mlkc.artifact.model import Artifact
from mlkc.check import objects, tree
from mlkc.check.kustomize.rendering import KubectlMissingError
from mlkc.diag.diagnostic import Diagnostic, InOutput
from mlkc.diag.order import sort
from mlkc.diag.output_codes import FOREIGN_FINDING
from mlkc.text.paths import Pointer, pointer
from mlkc.text.span import Span

_LAST_STEP: Final = re.compile(r"(?:[./]|\[)[^./\[]*$")
_OVERLAY: Final = re.compile(r"(?:^|/)overlays/([^/]+)")
_EDITED: Final = (
    "the line is not what the spec compiles to: somebody edited the file, or it is of an older spec"
)
_NOWHERE: Final = "it names nothing that the outputs of this spec have"


class Report(Struct, frozen=True):
    """What a tool printed.

    Attributes:
        tool: a key of `foreign.TOOLS`.
        content: its output.
        environment: the one that the tool was run for; empty to look for its objects in all of them.
    """

    tool: str
    content: bytes
    environment: str = ""


class Blame(Struct, frozen=True):
    """The findings of a tool.

    Attributes:
        diagnostics: one for each finding; where the spec has errors, those.
        problem: why the report can't be read; empty if it can.
    """

    diagnostics: tuple[Diagnostic, ...]
    problem: str = ""


class _Where(Struct, frozen=True):
    """Where a finding is in the spec: the place, the part of the output, and what explains it."""

    place: Span
    output: InOutput | None
    notes: tuple[str, ...]


def blame(spec: Path, display_name: str, folder: Path, report: Report, *, strict: bool = False) -> Blame:
    """Gives the findings of a tool on the lines of the spec.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it.
        folder: the output folder.
        report: what the tool says.
        strict: a warning is an error.
    """
    try:
        findings = read(report.tool, report.content)
    except ReportError as error:
        return Blame((), str(error))
    diagnostics, found = compiled(spec, display_name)
    if found is None:
        return Blame(diagnostics)
    names = [environment.name for environment in found.plan.environments]
    if report.environment not in {"", *names}:
        return Blame((), f"the spec has no environment {report.environment}; it has {', '.join(names)}")
    search = _Search(found, folder, [report.environment] if report.environment else names)
    every = sort(_diagnostic(report.tool, finding, search.where(finding)) for finding in findings)
    blamed = without_accepted(every, found.accepted, complete=False)
    return Blame(strictly(blamed) if strict else blamed)


def _diagnostic(tool: str, finding: Found, where: _Where) -> Diagnostic:
    rule = f"{tool} {finding.rule}".rstrip()
    about = f"{finding.kind} {finding.name}: " if finding.name else ""
    related = (FOREIGN_FINDING.at(where.output, "", label="found here").primary,) if where.output else ()
    diagnostic = FOREIGN_FINDING.at(
        where.place,
        f"{rule}: {about}{_line(finding.message)}",
        notes=where.notes,
        related=related,
        help=_line(finding.help) if finding.help else None,
    )
    return replace(diagnostic, severity=finding.severity)


def _line(text: str) -> str:
    """A text of another program as one line without control characters."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


class _Search:
    """Finds the places of findings in the outputs of one compile."""

    def __init__(self, found: Compiled, folder: Path, names: Sequence[str]) -> None:
        self._found = found
        self._folder = folder
        self._names = names
        self._explainer = Explainer(found.plan, found.tree)
        self._overlays = {
            environment.name: Overlay(found, environment) for environment in found.plan.environments
        }

    def where(self, finding: Found) -> _Where:
        """Returns the place of a finding; that of the spec as a whole where the finding names nothing known."""
        artifact = artifact_at(self._found.output, self._folder, finding.file) if finding.file else None
        if artifact is not None and finding.line:
            return self._in_text(artifact, finding.line)
        if artifact is not None and isinstance(artifact.body, Mapping):
            return self._in_file(artifact, finding)
        overlay = _OVERLAY.search(finding.file)
        names = [overlay[1]] if overlay and overlay[1] in self._overlays else self._names
        try:
            for name in names if finding.kind else ():
                where = self._in_object(self._overlays[name], finding)
                if where is not None:
                    return where
        except KubectlMissingError as error:
            return self._nowhere(f"no overlay can be rendered to look for it: {error}")
        return self._nowhere(_NOWHERE)

    def _in_text(self, artifact: Artifact, line: int) -> _Where:
        ours = self._line_of(artifact, line)
        output = InOutput(artifact.path, pointer((line,)))
        if ours is None:
            return _Where(self._explainer.whole(artifact).place, output, (_EDITED,))
        part: Pointer = pointers(artifact)[ours - 1]
        reason = self._explainer.part(artifact, part)
        return _Where(reason.place, output, (_note(f"{artifact.path}:{line}", reason),))

    def _line_of(self, artifact: Artifact, line: int) -> int | None:
        """The line as the spec compiles to it, for one of the file on the disk, which may have been edited."""
        meant = lines(artifact)
        try:
            there = (self._folder / artifact.path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            there = list(meant)
        for block in SequenceMatcher(None, there, meant, autojunk=False).get_matching_blocks():
            if block.a < line <= block.a + block.size:
                return block.b + line - block.a
        return None

    def _in_file(self, artifact: Artifact, finding: Found) -> _Where:
        part = _nearest(artifact.body, finding.field)
        reason = self._explainer.part(artifact, part)
        shown = f"{artifact.path} {tree.field(part)}".rstrip()
        return _Where(reason.place, InOutput(artifact.path, pointer(part)), (_note(shown, reason),))

    def _in_object(self, overlay: Overlay, finding: Found) -> _Where | None:
        """A place by the object's kind and name, as Kustomize renders it."""
        for body in overlay.bodies().values():
            name = body["metadata"]["name"]
            if not _is_kind(body["kind"], finding.kind) or not _is_name(name, finding.name):
                continue
            part = _nearest(body, finding.field)
            reason = overlay.reason(body, part)
            shown = f"{overlay.folder} {body['kind']}/{name} {tree.field(part)}".rstrip()
            return _Where(reason.place, self._file_of(body), (_note(shown, reason),))
        return None

    def _file_of(self, body: Any) -> InOutput | None:
        identity = body["kind"], body["metadata"]["name"]
        for artifact in self._found.output.artifacts:
            if (
                isinstance(artifact.body, Mapping)
                and (objects.kind(artifact), objects.name(artifact)) == identity
            ):
                return InOutput(artifact.path)
        return None

    def _nowhere(self, why: str) -> _Where:
        return _Where(self._found.tree.span(("kind",), key=True), None, (why,))


def _note(shown: str, reason: Reason) -> str:
    setting = f"`{named(reason.setting)}`" + ("" if reason.written else ", which the spec leaves out")
    return f"{shown} comes from {setting}" + (f": {reason.rule}" if reason.rule else "")


def _nearest(body: Any, field: str) -> Pointer:
    """The field, or the nearest thing above it that the object has."""
    while field:
        for written in (field, field.replace(".containers[", ".initContainers[")):
            part = find(body, written)
            if part is not None:
                return part
        shorter = _LAST_STEP.sub("", field)
        field = shorter if shorter != field else ""
    return ()


def _is_kind(kind: str, said: str) -> bool:
    """A kind, or the plural by which the API server calls it: `ingresses`, `networkpolicies`."""
    kind, said = kind.casefold(), said.casefold()
    return said in {kind, f"{kind}s", f"{kind}es", f"{kind.removesuffix('y')}ies"}


def _is_name(name: str, said: str) -> bool:
    """A name, with or without the hash that Kustomize adds to generated ones; an object without a name is the first."""
    return not said or re.sub(r"-[a-z0-9]{10}$", "", said) == name or said == name
