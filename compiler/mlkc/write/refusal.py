"""What keeps the files from being written, said to the user: one function a fault."""

from __future__ import annotations

import errno
from pathlib import Path

from mlkc.diag import folder_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InOutput
from mlkc.write.files import MANIFEST, STAGING, split
from mlkc.write.tree import Kind

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FORCE = "or run with --force to give the edit up"


def edited(path: str) -> Diagnostic:
    """A file of mlkc's that holds neither what it wrote nor what it would write."""
    return codes.EDITED_OUTPUT.at(
        InOutput(path),
        f"{path} was edited by hand and would be overwritten",
        help=f"put the edit into the spec, which --adopt does where it can; or undo it in the file, {_FORCE}",
    )


def foreign(path: str) -> Diagnostic:
    """A file that mlkc never wrote where an output goes."""
    return codes.FOREIGN_FILE.at(
        InOutput(path),
        f"{path} was not written by mlkc and would be overwritten",
        help="move the file away, choose another output folder, or run with --force to overwrite it",
    )


def edited_leftover(path: str) -> Diagnostic:
    """A file that is no longer generated, and that a person has edited."""
    return codes.EDITED_LEFTOVER.at(
        InOutput(path),
        f"{path} is no longer generated, but was edited by hand",
        help="move the file out of the folder or delete it, or run with --force to have it deleted",
    )


def blocked(path: str, at: str, kind: Kind) -> Diagnostic:
    """Something at `at`, a path or a folder of it, is of a kind that can't stay and is not ours to remove."""
    if kind is Kind.LINK:
        return codes.SYMBOLIC_LINK.at(
            InOutput(at),
            f"{at} is a symbolic link, and mlkc does not write through links",
            help="remove the link, or put a real file or folder in its place",
        )
    if at != path:
        return codes.FILE_FOR_FOLDER.at(
            InOutput(at),
            f"{at} is a {kind.value}, and a folder of outputs goes there",
            help="move it away",
        )
    return codes.NO_PLAIN_FILE.at(
        InOutput(at),
        f"{at} is a {kind.value}, and a file goes there",
        help="move it away",
    )


def clash(first: str, second: str, *, on_disk: bool = False) -> Diagnostic:
    """Two names that a disk which ignores case takes for one."""
    if on_disk:
        return codes.CLASHING_NAMES.at(
            InOutput(first),
            f"{first} is on the disk as {second}, and this disk takes the two names for one",
            help=f"rename or remove {second}",
        )
    return codes.CLASHING_NAMES.at(
        InOutput(second),
        f"{first} and {second} differ only in case, and many disks take them for one",
        help="give one of them another name in the spec",
    )


def no_folder(root: Path) -> Diagnostic:
    """The output folder itself is something else."""
    return codes.FILE_FOR_FOLDER.at(
        InOutput("."), f"{root} is not a folder", help="choose another output folder with -o"
    )


def malformed_manifest(line: int, reason: str) -> Diagnostic:
    """A manifest that mlkc did not write as it is."""
    return codes.UNREADABLE_MANIFEST.at(
        InOutput(MANIFEST, str(line)),
        f"line {line} of {MANIFEST} is {reason}" if reason.startswith("not ") else f"line {line}: {reason}",
        help="restore the file from version control; or delete it: files that are as mlkc would write "
        "them are then taken over, and files that are no longer generated stay",
    )


def exposed(path: str, mode: int, wanted: int) -> Diagnostic:
    """A private file that its group or everyone can open."""
    return codes.EXPOSED_PRIVATE_FILE.at(
        InOutput(path),
        f"{path} has mode {mode:04o}: other users of this machine can open it",
        help=f"chmod {wanted:o} {path}",
    )


def interrupted() -> Diagnostic:
    """A run that began to write and has not ended."""
    return codes.INTERRUPTED_WRITE.at(
        InOutput("."),
        "a run that writes to this folder was interrupted, or is still at it; old and new files are mixed",
        help="the next mlkc compile into this folder finishes what was interrupted",
    )


def damaged_journal(reason: str) -> Diagnostic:
    """The list of what an interrupted run had begun can't be read."""
    return codes.UNFINISHED_RECOVERY.at(
        InOutput(STAGING),
        f"an interrupted run can't be finished: its journal can't be read ({reason})",
        help=f"restore the outputs from version control and delete {STAGING}, which holds old and new files",
    )


def stuck(cause: OSError, first: BaseException | None = None) -> Diagnostic:
    """A run can be neither finished nor taken back for now; `first` is why it was to be taken back."""
    notes: tuple[str, ...] = (f"old and new files are in {STAGING}; nothing is lost",)
    if first is not None and first is not cause:
        notes = (f"the first failure: {first}", *notes)
    return codes.UNFINISHED_RECOVERY.at(
        _place(cause.filename),
        f"an interrupted run can't be finished: {cause.filename}: {cause.strerror}",
        notes=notes,
        help="remove the cause and run mlkc compile again",
    )


def moved(path: str) -> Diagnostic:
    """Someone changed a file in the moment in which mlkc wrote; all of the run was taken back."""
    return codes.CHANGED_WHILE_WRITING.at(
        InOutput(path),
        f"{path} was changed by someone else while mlkc was writing; nothing was written",
        help="run mlkc compile again",
    )


def taken(pid: int | None, seconds: float) -> Diagnostic:
    """Another run holds the folder for too long."""
    who = "another mlkc" if pid is None else f"another mlkc (process {pid})"
    return codes.LOCKED_FOLDER.at(
        InOutput("."),
        f"{who} is writing to this folder, for more than {seconds:g} s",
        help="wait for it to end, or end it, and run again",
    )


def reading(error: OSError, path: str) -> Diagnostic:
    """The system does not let mlkc see what stands at a path."""
    return codes.UNREADABLE_OUTPUT.at(
        InOutput(path),
        f"{path} can't be compared: {_at(error, path)}{error.strerror}",
        help="give it a shorter name"
        if error.errno == errno.ENAMETOOLONG
        else "mlkc must be able to read the files and folders that it writes",
    )


def writing(error: OSError) -> Diagnostic:
    """The system refused a step; everything that was done before it was taken back."""
    reason = f"{_at(error, '')}{error.strerror}"
    if error.errno in _FULL:
        return codes.FULL_DISK.at(
            _place(error.filename),
            f"no room to write: {reason}; nothing was changed",
            help="free some space, or some of your quota, and run again",
        )
    if error.errno in _FORBIDDEN:
        return codes.READ_ONLY_FOLDER.at(
            _place(error.filename),
            f"the folder may not be written to: {reason}; nothing was changed",
            help="make the output folder and the folders in it writable for you, or choose another with -o",
        )
    return codes.FAILED_WRITE.at(
        _place(error.filename),
        f"the system refused to write: {reason}; nothing was changed",
        help="look at the disk; the folder and all folders in it must be on one file system",
    )


def _at(error: OSError, path: str) -> str:
    """Names the path in an error unless it is the one that the sentence is about anyway."""
    filename = str(error.filename or "")
    return "" if filename in ("", path) else f"{filename}: "


def _place(path: object) -> InOutput:
    name = str(path or ".")
    return InOutput("." if split(name)[0] == STAGING or name.startswith("/") else name)
