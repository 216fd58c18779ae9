"""Carries out a change set: all of it or nothing.

What holds, on a local file system that keeps POSIX's promises:

- No file is ever half-written. A new file is written and synced in `.mlkc-staging/`, on the same
  file system, and then takes its place in one atomic step (link or rename).
- An error (a full disk, a folder that may not be written to, an interrupt from the keyboard) takes
  back all steps that were done: the old tree stands again before the call returns, with the very
  same files. Only a file made once (`KeepFile`) that was already placed stays: it may be in use.
- Before the first step, a journal of all steps is on the disk. A run killed before that point has
  changed nothing; one killed after it is finished by the next `apply` or `recover`, and the new
  tree stands. A run killed while it takes steps back is taken back further. So after recovery the
  tree is the old one or the new one, whatever was killed, recovery included. The same holds for
  a loss of power, as contents are synced before names and names before the journal is removed.
- Between the first step and the last one, or until recovery, a reader sees whole files, some old
  and some new. Several folders beside foreign files can't be swapped in one step. New files come
  first, then replaced ones, then deletions, so that a reference seldom leads to nothing.
- A file is replaced or deleted only if it still is the one that was judged (inode, size and time
  of change; in recovery its content). What remains is a program that saves the same file in the
  microseconds between that look and the rename.
- A second run with the same files writes nothing, and takes no lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.outcome import Outcome
from mlkc.write import refusal
from mlkc.write.change import ChangeSet
from mlkc.write.compare import compare
from mlkc.write.disk import Disk, Hook
from mlkc.write.files import STAGING, Wanted
from mlkc.write.journal import Damaged
from mlkc.write.lock import OnWait, Taken, clear_staging, held
from mlkc.write.stage import stage
from mlkc.write.steps import Moved
from mlkc.write.transaction import Stuck, commit, finish
from mlkc.write.tree import Blocked, Kind, Tree

LOCK_SECONDS = 30.0
_REFUSALS = (OSError, Blocked, Moved, Taken, Stuck, Damaged)


class Written(Struct, frozen=True):
    """What `apply` did; all paths are relative and in order.

    Attributes:
        created: outputs that were not there before.
        updated: outputs whose file was replaced.
        deleted: owned files that are gone now.
        made: files made once.
        unchanged: number of outputs that were as wanted.
        recovered: whether an interrupted run was finished, or taken back, first.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    unchanged: int = 0
    recovered: bool = False

    @property
    def changed(self) -> bool:
        """Whether any file is different now."""
        return bool(self.created or self.updated or self.deleted or self.made or self.recovered)


def apply(
    root: Path,
    changes: ChangeSet,
    *,
    lock_seconds: float = LOCK_SECONDS,
    on_wait: OnWait | None = None,
    hook: Hook | None = None,
) -> Outcome[Written]:
    """Makes the folder hold what the change set wants.

    It finishes an interrupted run, then compares once more under the lock: what counts is the
    folder as it is then. A conflict that came up in between is reported and nothing is written.

    Args:
        root: the output folder; it is made if it is not there.
        changes: from `plan_changes` of the same folder.
        lock_seconds: how long to wait for another run in the same folder.
        on_wait: told once, with the other process's id, when there is one to wait for.
        hook: called before each step on the disk; for tests.

    Returns:
        What was done, or None with the errors that kept everything from being done: those of
        `plan_changes`, and MK710, MK711, MK712, MK715, MK716 and MK717.
    """
    if not changes.due:
        return Outcome(Written(unchanged=len(changes.unchanged)))
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _held(root, lock_seconds, on_wait, hook) as disk:
            return _write(disk, changes.wanted)
    except _REFUSALS as error:
        return Outcome(None, (_explain(error, root, lock_seconds),))


def recover(
    root: Path,
    *,
    lock_seconds: float = LOCK_SECONDS,
    on_wait: OnWait | None = None,
    hook: Hook | None = None,
) -> Outcome[bool]:
    """Finishes a run that was killed, if there is one, and changes nothing else.

    Args:
        root: the output folder; it need not exist.
        lock_seconds: as in `apply`.
        on_wait: as in `apply`.
        hook: as in `apply`.

    Returns:
        Whether there was something to finish; None with MK710, MK711, MK712, MK715 or MK716.
    """
    try:
        with Tree.open(root) as tree:
            if tree.look(STAGING).kind is Kind.ABSENT:
                return Outcome(False)
        with _held(root, lock_seconds, on_wait, hook) as disk:
            return Outcome(finish(disk) is not None)
    except _REFUSALS as error:
        return Outcome(None, (_explain(error, root, lock_seconds),))


@contextmanager
def _held(root: Path, seconds: float, on_wait: OnWait | None, hook: Hook | None) -> Iterator[Disk]:
    with Disk.open(root) as disk:
        disk.hook = hook
        with held(disk, seconds, on_wait):
            yield disk


def _write(disk: Disk, wanted: Wanted) -> Outcome[Written]:
    ended = finish(disk)
    clear_staging(disk)
    found = compare(disk, wanted, ended.sums() if ended else None)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found.diagnostics):
        return Outcome(None, tuple(found.diagnostics))
    if found.due:
        steps = stage(disk, found, wanted)
        commit(disk, steps, {path: old.mark for path, old in found.old.items()})
    return Outcome(
        Written(
            created=tuple(found.create),
            updated=tuple(found.update),
            deleted=tuple(found.delete),
            made=tuple(found.make),
            unchanged=len(found.unchanged),
            recovered=ended is not None,
        )
    )


def _explain(error: BaseException, root: Path, seconds: float) -> Diagnostic:
    match error:
        case Stuck():
            found = refusal.stuck(error.cause, error.__cause__)
        case Damaged():
            found = refusal.damaged_journal(str(error))
        case Taken():
            found = refusal.taken(error.pid, seconds)
        case Moved():
            found = refusal.moved(error.path)
        case Blocked():
            found = refusal.blocked("", error.path, error.kind)
        case FileExistsError() | NotADirectoryError() if not root.is_dir():
            found = refusal.no_folder(root)
        case OSError():
            found = refusal.writing(error)
        case _:
            raise error
    return found
