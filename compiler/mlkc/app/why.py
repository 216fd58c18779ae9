"""The use case behind `mlkc why`: the chain from a line of an output back to the line of the spec."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.app.explain import Explainer, Reason
from mlkc.app.front import front
from mlkc.artifact.lines import lines, pointers
from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.artifact.render import render
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.suggest import closest
from mlkc.plan.plan import Plan
from mlkc.source.tree import SourceTree
from mlkc.text.paths import Pointer

if TYPE_CHECKING:
    from mlkc.spec.accept import Acceptance


class Answer(Struct, frozen=True):
    """Why one line of an output is there.

    Attributes:
        path: the output.
        line: number of the line, from 1.
        text: the line as the spec compiles to it.
        pointer: the part that the line shows; empty for the header, and in a text.
        reason: why it is what it is.
    """

    path: str
    line: int
    text: str
    pointer: Pointer
    reason: Reason


class Why(Struct, frozen=True):
    """The answers to a question.

    Attributes:
        diagnostics: of the spec; with an error there are no answers.
        answers: one a line.
        problem: why the question has no answer; empty if it has.
        stale: the file on the disk is not what the spec compiles to, so that its lines may have other numbers.
    """

    diagnostics: tuple[Diagnostic, ...]
    answers: tuple[Answer, ...] = ()
    problem: str = ""
    stale: bool = False


class Compiled(Struct, frozen=True):
    """A compile without errors, for questions about its output."""

    plan: Plan
    tree: SourceTree
    output: OutputTree
    accepted: Sequence[Acceptance] = ()


def compiled(spec: Path, display_name: str) -> tuple[tuple[Diagnostic, ...], Compiled | None]:
    """Compiles in memory; None beside the diagnostics when there are errors."""
    found = front(spec, display_name)
    failed = any(diagnostic.severity is Severity.ERROR for diagnostic in found.diagnostics)
    if failed or found.plan is None or found.tree is None or found.output is None:
        return found.diagnostics, None
    return found.diagnostics, Compiled(found.plan, found.tree, found.output, found.accepted)


def why(spec: Path, display_name: str, folder: Path, path: str, line: int | None) -> Why:
    """Explains a line of an output, or all of them.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it.
        folder: the output folder.
        path: the output, from where the command runs or relative to the output folder.
        line: number of the line, from 1; None for every line.
    """
    diagnostics, found = compiled(spec, display_name)
    if found is None:
        return Why(diagnostics)
    artifact = artifact_at(found.output, folder, path)
    if artifact is None:
        return Why(diagnostics, problem=_unknown(found.output, path))
    answers = explain_file(found, artifact)
    stale = _stale(folder, artifact)
    if line is None:
        return Why(diagnostics, answers, stale=stale)
    if not 0 < line <= len(answers):
        problem = f"{artifact.path} has {len(answers)} lines, and no line {line}"
        return Why(diagnostics, problem=problem, stale=stale)
    return Why(diagnostics, answers[line - 1 : line], stale=stale)


def explain_file(found: Compiled, artifact: Artifact) -> tuple[Answer, ...]:
    """Explains every line of an artifact."""
    explainer = Explainer(found.plan, found.tree)
    text = artifact.kind in (ArtifactKind.DOCKERFILE, ArtifactKind.TEXT, ArtifactKind.XML)
    return tuple(
        Answer(artifact.path, number, shown, () if text else part, explainer.part(artifact, part))
        for number, (shown, part) in enumerate(zip(lines(artifact), pointers(artifact), strict=True), 1)
    )


def artifact_at(output: OutputTree, folder: Path, path: str) -> Artifact | None:
    """Finds an output by its path, from where the command runs or relative to the output folder."""
    found = output.get(path)
    if found is not None:
        return found
    try:
        relative = Path(path).resolve().relative_to(folder.resolve())
    except ValueError:
        return None
    return output.get(relative.as_posix())


def _unknown(output: OutputTree, path: str) -> str:
    if any(secret.path == path for secret in output.secrets):
        return f"{path} is made once with random values and then yours; no line of it comes from the spec"
    guess = closest(path, [artifact.path for artifact in output.artifacts])
    return f"the spec makes no {path}" + (f"; did you mean {guess}?" if guess else "")


def _stale(folder: Path, artifact: Artifact) -> bool:
    try:
        return (folder / artifact.path).read_bytes() != render(artifact)
    except OSError:
        return False
