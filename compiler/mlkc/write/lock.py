"""One run at a time in an output folder: a lock file in the staging folder.

The system drops the lock with the process, so a killed run never leaves one. The file and its
folder are removed at the end, so that a finished run leaves nothing but outputs; whoever gets the
lock therefore checks that the file that it holds is still the one that others would find.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

from mlkc.write.disk import Disk, exists
from mlkc.write.files import STAGING
from mlkc.write.journal import JOURNAL, UNDO
from mlkc.write.tree import Blocked

OnWait: TypeAlias = Callable[[int | None], None]
"""Called once with the id of the process that holds the folder, or None if it did not say."""

_LOCK = f"{STAGING}/lock"
_IGNORE = f"{STAGING}/.gitignore"
_PAUSE_SECONDS = 0.05


class Taken(Exception):  # noqa: N818  the other run does nothing wrong
    """Another run holds the folder and did not end in time.

    Attributes:
        pid: its process id, or None.
    """

    def __init__(self, pid: int | None) -> None:
        super().__init__(pid)
        self.pid = pid


@contextmanager
def held(disk: Disk, seconds: float, on_wait: OnWait | None) -> Iterator[None]:
    """Holds the folder; clears the staging folder at the end unless a journal needs it.

    Args:
        disk: the output folder.
        seconds: how long to wait for another run.
        on_wait: told once when there is another run to wait for.

    Raises:
        Taken: the other run did not end in time.
        Blocked, OSError: the staging folder can't be made.
    """
    handle = _acquire(disk, seconds, on_wait)
    try:
        if not exists(disk, _IGNORE):
            disk.create(_IGNORE, b"*\n", 0o644)  # what a killed run leaves must not be committed
        yield
    finally:
        # What can't be cleared now is harmless, and the next run clears it.
        with suppress(OSError, Blocked):
            _clear_away(disk)
        os.close(handle)


def clear_staging(disk: Disk) -> None:
    """Removes what an earlier run left in the staging folder, but not the lock."""
    disk.clear(STAGING, {_LOCK, _IGNORE})


def _clear_away(disk: Disk) -> None:
    if exists(disk, JOURNAL) or exists(disk, UNDO):
        return
    clear_staging(disk)
    disk.clear(STAGING, {_LOCK})
    disk.unlink(_LOCK)
    disk.rmdir(STAGING)


def _acquire(disk: Disk, seconds: float, on_wait: OnWait | None) -> int:
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            handle = _attempt(disk)
        except Taken as taken:
            if not told and on_wait is not None:
                on_wait(taken.pid)
            told = True
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            if handle is not None:
                return handle


def _attempt(disk: Disk) -> int | None:
    """Gets the lock, or None if its file was just removed by its last holder."""
    handle = _open(disk)
    if handle is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_current(disk, handle):
            # The id only serves the message to those who wait: a full disk must not stop the run here.
            with suppress(OSError):
                os.ftruncate(handle, 0)
                os.pwrite(handle, str(os.getpid()).encode(), 0)
            return handle
    except BlockingIOError:
        pid = os.pread(handle, 20, 0)
        os.close(handle)
        raise Taken(int(pid) if pid.isdigit() else None) from None
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _open(disk: Disk) -> int | None:
    """Opens the lock file, or None if the staging folder was removed at that moment."""
    with suppress(FileExistsError):
        disk.mkdir(STAGING, 0o700)
    disk.forget(STAGING)  # a handle of a removed folder of that name would find nothing for ever
    try:
        return disk.open_lock(_LOCK)
    except FileNotFoundError:
        return None
    except OSError:
        with suppress(OSError):  # leave no empty folder behind
            disk.rmdir(STAGING)
        raise


def _is_current(disk: Disk, handle: int) -> bool:
    entry = disk.look(_LOCK)
    return entry.stat is not None and os.path.samestat(entry.stat, os.fstat(handle))
