"""The use case behind `mlkc check`: is the committed tree exactly what the spec compiles to? Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.compile import secrets_of
from mlkc.app.edits import Edit, edits_of, files_of
from mlkc.app.front import front
from mlkc.artifact.model import OutputTree
from mlkc.diag import drift_codes as codes
from mlkc.diag import folder_codes
from mlkc.diag.diagnostic import Diagnostic, InOutput, Label, Place, Severity
from mlkc.write.change import ChangeSet, plan_changes

_EDITED = frozenset(
    {folder_codes.EDITED_OUTPUT.code, folder_codes.EDITED_LEFTOVER.code, folder_codes.FOREIGN_FILE.code}
)


class Checked(Struct, frozen=True):
    """What a check found.

    Attributes:
        diagnostics: located; those of the spec first, then those of the tree. An output is named by its path
            from where the command runs.
        edits: of files that were edited by hand.
        unchanged: number of files that are as the spec says.
    """

    diagnostics: tuple[Diagnostic, ...]
    edits: tuple[Edit, ...] = ()
    unchanged: int = 0

    @property
    def failed(self) -> bool:
        """True when the spec has an error or the tree differs."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def check_tree(spec: Path, display_name: str, folder: Path, *, strict: bool = False) -> Checked:
    """Compiles in memory and compares with a folder.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        folder: the folder that holds base/, overlays/ and images/.
        strict: a warning about the spec is an error.
    """
    compiled = front(spec, display_name, strict=strict)
    if compiled.failed or compiled.output is None:
        return Checked(compiled.diagnostics)
    output = compiled.output
    changes = plan_changes(folder, files_of(output), secrets_of(output, folder))
    if changes.value is None:
        return Checked((*compiled.diagnostics, *changes.diagnostics))
    edited = (*changes.value.edited, *changes.value.foreign)
    edits = tuple(edits_of(folder, changes.value, edited))
    drift = tuple(_drift(changes.value, output, _compile(display_name, folder)))
    refused = _said_for_a_check(changes.diagnostics)
    found = tuple(_from_here(found, folder) for found in (*compiled.diagnostics, *refused, *drift))
    return Checked(found, edits, len(changes.value.unchanged))


def with_edits(checked: Checked, folder: Path) -> tuple[Diagnostic, ...]:
    """Returns the diagnostics with the edits as notes, for formats that have room for nothing else."""
    edits = {str(_path(edit.path, folder)): edit.lines for edit in checked.edits}
    return tuple(
        replace(diagnostic, notes=(*diagnostic.notes, *edits.get(_file(diagnostic), ())))
        if diagnostic.code in _EDITED
        else diagnostic
        for diagnostic in checked.diagnostics
    )


def _compile(spec: str, folder: Path) -> str:
    """The command that writes into a folder."""
    return f"mlkc compile {spec}" + ("" if folder == Path() else f" -o {folder}")


def _drift(changes: ChangeSet, output: OutputTree, command: str) -> Iterator[Diagnostic]:
    help_ = f"run {command} and commit what it writes"
    differences: tuple[tuple[tuple[str, ...], Callable[[str], Diagnostic]], ...] = (
        (
            changes.create,
            lambda path: codes.MISSING_OUTPUT.at(InOutput(path), f"{path} is missing", help=help_),
        ),
        (
            changes.update,
            lambda path: codes.STALE_OUTPUT.at(InOutput(path), f"{path} is out of date", help=help_),
        ),
        (
            changes.delete,
            lambda path: codes.LEFTOVER_OUTPUT.at(
                InOutput(path), f"{path} is no longer generated", help=help_
            ),
        ),
    )
    for paths, say in differences:
        yield from (say(path) for path in paths)
    if changes.record and not (changes.create or changes.update or changes.delete or changes.edited):
        path = ".mlkc-manifest"
        yield codes.STALE_MANIFEST.at(InOutput(path), f"{path} is out of date", help=help_)
    if changes.interrupted:
        yield codes.UNFINISHED_RUN.at(
            InOutput("."), "a run that writes to this folder did not end", help=help_
        )
    for path in changes.strangers:
        if not output.is_provided(path):
            yield codes.STRANGER.at(
                InOutput(path),
                f"{path} is nobody's here: no spec makes it, and no kustomization reads it",
                help="move it out of the folders of outputs if it is not meant to be there",
            )


def _said_for_a_check(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The refusals of a write, worded for someone who wants to write nothing."""
    for diagnostic in diagnostics:
        message = diagnostic.message.replace(" and would be overwritten", "")
        yield replace(diagnostic, message=message)


def _from_here(diagnostic: Diagnostic, folder: Path) -> Diagnostic:
    """Names outputs by their path from where the command runs, which is what other programs can open."""

    def moved(label: Label) -> Label:
        place: Place = label.place
        if isinstance(place, InOutput):
            return replace(label, place=replace(place, file=str(_path(place.file, folder))))
        return label

    return replace(
        diagnostic,
        primary=moved(diagnostic.primary),
        related=tuple(moved(label) for label in diagnostic.related),
    )


def _path(path: str, folder: Path) -> Path:
    return folder / path


def _file(diagnostic: Diagnostic) -> str:
    place = diagnostic.primary.place
    return place.file if isinstance(place, InOutput) else ""
