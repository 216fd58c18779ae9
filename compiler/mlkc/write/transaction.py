"""Carries out the steps of a journal to the end, or takes them back: the part that a kill may cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from mlkc.write import journal
from mlkc.write.disk import Disk, exists
from mlkc.write.files import STAGING
from mlkc.write.journal import JOURNAL, UNDO, Pending, Step
from mlkc.write.steps import Mark, Moved, Stepper
from mlkc.write.tree import Blocked

# In recovery: someone changed the place since the kill. It stays as it is, to be judged afresh.
_CHANGED_SINCE = (Moved, Blocked, FileNotFoundError, NotADirectoryError, IsADirectoryError)


class Stuck(Exception):  # noqa: N818  says what state it is, not what error
    """Steps can be neither finished nor taken back for now; the journal stays.

    Attributes:
        cause: what the system said to the last attempt.
    """

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause)
        self.cause = cause


def commit(disk: Disk, steps: Sequence[Step], marks: Mapping[str, Mark]) -> None:
    """Carries out prepared steps; on any error takes them back and raises it again.

    Args:
        disk: the output folder, held by this run.
        steps: prepared by `stage`.
        marks: of the files that the steps replace or remove.

    Raises:
        Moved, Blocked, OSError: why nothing was changed.
        Stuck: taking the steps back failed too; raised from the first error.
    """
    try:
        journal.write(disk, steps)
        stepper = Stepper(disk, marks)
        for step in steps:
            stepper.forward(step)
        _sync_folders(disk, steps)
        disk.unlink(JOURNAL)
    except BaseException as error:
        try:
            _take_back(disk, steps)
        except OSError as second:
            raise Stuck(second) from error
        raise


def finish(disk: Disk) -> Pending | None:
    """Ends what a killed run began: forward if it was going forward, else back.

    Returns:
        What it had begun, or None.

    Raises:
        Stuck: the system refuses a step; nothing is lost, and a later run tries again.
        Damaged: the journal can't be read.
    """
    pending = journal.pending(disk)
    if pending is None:
        return None
    try:
        if pending.undo:
            _take_back(disk, pending.steps)
        else:
            stepper = Stepper(disk)
            for step in pending.steps:
                with suppress(*_CHANGED_SINCE):
                    stepper.forward(step)
            _sync_folders(disk, pending.steps)
            disk.unlink(JOURNAL)
    except OSError as error:
        raise Stuck(error) from error
    return pending


def _take_back(disk: Disk, steps: Sequence[Step]) -> None:
    if exists(disk, JOURNAL):
        # From here on a kill leads back, not forward: the new files may be used up half-way.
        disk.rename(JOURNAL, UNDO)
        disk.sync_folders([STAGING])
    elif not exists(disk, UNDO):
        return
    stepper = Stepper(disk)
    for step in reversed(steps):
        with suppress(*_CHANGED_SINCE):
            stepper.backward(step)
    _sync_folders(disk, steps)
    disk.unlink(UNDO)


def _sync_folders(disk: Disk, steps: Sequence[Step]) -> None:
    disk.sync_folders([path for path in journal.folders(steps) if _is_folder(disk, path)])


def _is_folder(disk: Disk, path: str) -> bool:
    try:
        disk.folder(path)
    except (FileNotFoundError, NotADirectoryError, Blocked):
        return False
    return True
