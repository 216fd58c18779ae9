"""The use case behind `mlkc compile`: from a spec file to files on the disk, or to diagnostics and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.front import Front, front
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.outcome import Outcome
from mlkc.write.files import KeepFile, OutputFile

if TYPE_CHECKING:
    from mlkc.app.front import Bench
    from mlkc.artifact.model import OutputTree
    from mlkc.plan.plan import Plan
    from mlkc.source.tree import SourceTree
    from mlkc.write.apply import Written
    from mlkc.write.manifest import Owned


class Compiled(Struct, frozen=True):
    """What a compile did.

    Attributes:
        diagnostics: located and in file order.
        plan: the plan, or None when the spec has errors.
        output: what the spec compiles to, if it got that far.
        tree: the spec as it was read.
        written: what was written; None when nothing was, because of an error.
    """

    diagnostics: tuple[Diagnostic, ...]
    plan: Plan | None = None
    output: OutputTree | None = None
    written: Written | None = None
    tree: SourceTree | None = None

    @property
    def failed(self) -> bool:
        """True when there is an error, and so nothing was written."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def compile_spec(  # noqa: PLR0913  what the command line says, by name
    spec: Path,
    display_name: str,
    output: Path,
    *,
    force: bool = False,
    adopted: Owned | None = None,
    strict: bool = False,
    ahead: Bench | None = None,
) -> Compiled:
    """Compiles a spec into a folder; on any error nothing is written.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        output: the output folder.
        force: overwrite what a person edited.
        adopted: sums of edits that the spec says by now, by path; just these are overwritten.
        strict: a warning about the spec is an error.
        ahead: what has the checks ready.
    """
    checked = front(spec, display_name, ahead, strict=strict)
    if checked.failed or checked.output is None:
        return Compiled(checked.diagnostics, checked.plan, checked.output)
    written = _write(checked, output, force, adopted or {})
    found = (*checked.diagnostics, *written.diagnostics)
    return Compiled(found, checked.plan, checked.output, written.value, checked.tree)


def _write(checked: Front, root: Path, force: bool, adopted: Owned) -> Outcome[Written]:
    """Finishes a run that was killed, if there is one, then compares with the folder and applies what differs."""
    from mlkc.write.apply import Written, apply, recover  # noqa: PLC0415  read while the checks run
    from mlkc.write.change import plan_changes  # noqa: PLC0415

    recovered = recover(root)
    if recovered.value is None:
        return Outcome(None, recovered.diagnostics)
    changes = plan_changes(
        root, files_of(checked), secrets_of(checked.output, root), force=force, adopted=adopted
    )
    if changes.failed or changes.value is None:
        return Outcome(None, changes.diagnostics)
    applied = apply(root, changes.value)
    written = applied.value
    if written is not None and recovered.value:
        written = replace(written, recovered=True)
    return Outcome[Written](written, (*changes.diagnostics, *applied.diagnostics))


def files_of(checked: Front) -> list[OutputFile]:
    """Lists the rendered files."""
    artifacts = checked.output.artifacts if checked.output else ()
    return [
        OutputFile(artifact.path, checked.contents[artifact.path], artifact.mode) for artifact in artifacts
    ]


def secrets_of(output: OutputTree | None, root: Path) -> list[KeepFile]:
    """Lists the local secret files; each gets random values when it is first made.

    One that waits to be decrypted is not made: new passwords would hide the right ones.
    """
    if output is None:
        return []
    return [
        KeepFile(secret.path, _NewSecrets(secret.secret.keys))
        for secret in output.secrets
        if not secret.encrypted or (root / secret.path).exists() or not (root / secret.encrypted).exists()
    ]


class _NewSecrets(Struct, frozen=True):
    """Makes the text of an env file with a random value for each key."""

    keys: tuple[str, ...]

    def __call__(self) -> bytes:
        return b"".join(b"%s=%s\n" % (key.encode(), _token()) for key in self.keys)


def _token() -> bytes:
    """What `secrets.token_urlsafe(24)` gives: the same bytes of the operating system, without 4 ms of imports."""
    import os  # noqa: PLC0415  only when a file is made
    from base64 import urlsafe_b64encode  # noqa: PLC0415

    return urlsafe_b64encode(os.urandom(24))
