"""Carries out one step of a journal, or takes it back.

Either may be done again after a kill in the middle: it looks at what is there before it acts. It
replaces or removes a file only if that file is still the one that the run found, or made.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeAlias

from mlkc.write.disk import Disk, exists
from mlkc.write.files import STAGING
from mlkc.write.journal import Do, Step
from mlkc.write.tree import Blocked, Entry, Kind

Mark: TypeAlias = tuple[int, int, int, int]
"""Device, inode, size in bytes and time of the last change in ns: tells a file from its successor."""

# What a file system without hard links answers, or one that forbids them for this file.
NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
_IN_USE = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY})
_GONE = (FileNotFoundError, NotADirectoryError, Blocked)


class Moved(Exception):  # noqa: N818  someone else was faster; no error of ours
    """A file is not as the run found it.

    Attributes:
        path: of the file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def mark_of(entry: Entry) -> Mark:
    """The mark of a file that is there."""
    status = entry.stat
    if status is None:
        raise ValueError("nothing is there")
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


class Stepper:
    """Carries out steps, or takes them back.

    Args:
        disk: where.
        marks: of the old files, by path, in the run that found them. A later run has none and
            goes by the sums in the steps.
    """

    def __init__(self, disk: Disk, marks: Mapping[str, Mark] | None = None) -> None:
        self._disk = disk
        self._marks = marks

    def forward(self, step: Step) -> None:
        """Does a step, or finds it done.

        Raises:
            Moved: someone changed the path since the run looked at it; nothing was done.
            Blocked, OSError: as in `Disk`.
        """
        match step.do:
            case Do.MKDIR:
                self._make_folder(step)
            case Do.PUT | Do.KEEP:
                self._put(step)
            case Do.SWAP:
                if self._staged(step):
                    self._check_untouched(step)
                    self._disk.rename(_in_staging(step.new), step.path)
            case Do.DROP:
                self._drop(step)
            case Do.RMDIR:
                self._remove_folder(step)

    def backward(self, step: Step) -> None:
        """Takes a step back, or finds that it was never done. What others changed stays.

        Raises:
            Blocked, OSError: as in `Disk`.
        """
        match step.do:
            case Do.MKDIR:
                self._remove_folder(step)
            case Do.PUT:
                if self._is_ours(step):
                    self._disk.unlink(step.path)
            case Do.SWAP:
                if self._swapped(step):
                    self._disk.rename(_in_staging(step.old), step.path)
            case Do.DROP:
                if exists(self._disk, _in_staging(step.old)):
                    self._link_or_move(_in_staging(step.old), step.path)
            case Do.RMDIR:
                self._restore_folder(step)
            case Do.KEEP:
                pass  # it may be in use as a password by now

    def _make_folder(self, step: Step) -> None:
        try:
            self._disk.mkdir(step.path)
        except FileExistsError:
            if self._disk.look(step.path).kind is not Kind.FOLDER:
                raise Moved(step.path) from None

    def _put(self, step: Step) -> None:
        if not self._staged(step):
            return
        placed = self._link_or_move(_in_staging(step.new), step.path)
        if not placed and step.do is Do.PUT and not self._is_ours(step):
            raise Moved(step.path)

    def _link_or_move(self, source: str, target: str) -> bool:
        """Puts a staged file where nothing stands; False, and no change, if something does."""
        try:
            self._disk.link(source, target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            if exists(self._disk, target):
                return False
            self._disk.rename(source, target)
        return True

    def _drop(self, step: Step) -> None:
        try:
            if self._disk.look(step.path).kind in (Kind.ABSENT, Kind.FOLDER):
                return
            self._check_untouched(step)
            self._disk.unlink(step.path)
        except _GONE:
            return

    def _remove_folder(self, step: Step) -> None:
        try:
            self._disk.rmdir(step.path)
        except _GONE:
            return
        except OSError as error:
            if error.errno not in _IN_USE:
                raise

    def _restore_folder(self, step: Step) -> None:
        with suppress(FileExistsError):
            self._disk.mkdir(step.path)
            self._disk.chmod(step.path, step.mode)

    def _staged(self, step: Step) -> bool:
        return self._disk.look(_in_staging(step.new)).kind is Kind.FILE

    def _check_untouched(self, step: Step) -> None:
        if self._marks is None:
            untouched = self._has(step.path, step.old_sum)
        else:
            entry = self._disk.look(step.path)
            untouched = entry.kind is Kind.FILE and mark_of(entry) == self._marks[step.path]
        if not untouched:
            raise Moved(step.path)

    def _swapped(self, step: Step) -> bool:
        """Whether the new file has taken the place of the old one, and nobody has edited it since."""
        return exists(self._disk, _in_staging(step.old)) and self._has(step.path, step.new_sum)

    def _is_ours(self, step: Step) -> bool:
        """Whether the file at the path is the one that this step puts there."""
        there, staged = self._disk.look(step.path), self._disk.look(_in_staging(step.new))
        if there.kind is Kind.FILE and staged.kind is Kind.FILE and mark_of(there) == mark_of(staged):
            return True
        return self._has(step.path, step.new_sum)

    def _has(self, path: str, digest: str) -> bool:
        return self._disk.look(path).kind is Kind.FILE and self._disk.digest(path) == digest


def _in_staging(name: str) -> str:
    return f"{STAGING}/{name}"
