"""The use case behind `mlkc compile`: from a spec file to files on the disk, or to diagnostics and nothing else."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from mlkc.app.front import front
from mlkc.artifact.model import OutputTree
from mlkc.artifact.render import render
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.plan.plan import Plan
from mlkc.write.apply import Written, apply
from mlkc.write.change import plan_changes
from mlkc.write.files import KeepFile, OutputFile


class Compiled(Struct, frozen=True):
    """What a compile did.

    Attributes:
        diagnostics: located and in file order.
        plan: the plan, or None when the spec has errors.
        output: what the spec compiles to, if it got that far.
        written: what was written; None when nothing was, because of an error.
    """

    diagnostics: tuple[Diagnostic, ...]
    plan: Plan | None = None
    output: OutputTree | None = None
    written: Written | None = None

    @property
    def failed(self) -> bool:
        """True when there is an error, and so nothing was written."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def compile_spec(spec: Path, display_name: str, output: Path, *, force: bool = False) -> Compiled:
    """Compiles a spec into a folder; on any error nothing is written.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        output: the output folder.
        force: overwrite what a person edited.
    """
    checked = front(spec, display_name)
    if checked.failed or checked.output is None:
        return Compiled(checked.diagnostics, checked.plan, checked.output)
    changes = plan_changes(output, files_of(checked.output), secrets_of(checked.output), force=force)
    found = (*checked.diagnostics, *changes.diagnostics)
    if changes.failed or changes.value is None:
        return Compiled(found, checked.plan, checked.output)
    outcome = apply(output, changes.value)
    return Compiled((*found, *outcome.diagnostics), checked.plan, checked.output, outcome.value)


def files_of(output: OutputTree) -> list[OutputFile]:
    """Renders every artifact."""
    return [OutputFile(artifact.path, render(artifact), artifact.mode) for artifact in output.artifacts]


def secrets_of(output: OutputTree) -> list[KeepFile]:
    """Lists the local secret files; each gets random values when it is first made."""
    return [KeepFile(secret.path, _NewSecrets(secret.secret.keys)) for secret in output.secrets]


class _NewSecrets(Struct, frozen=True):
    """Makes the text of an env file with a random value for each key."""

    keys: tuple[str, ...]

    def __call__(self) -> bytes:
        import secrets  # noqa: PLC0415  only when a file is made

        return "".join(f"{key}={secrets.token_urlsafe(24)}\n" for key in self.keys).encode()
