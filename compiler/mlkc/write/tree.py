"""Reads the output folder through handles, so that no symbolic link below it is ever followed.

Each component of a path is opened from the handle of the one above, with O_NOFOLLOW. What is
opened that way lies inside the folder even when someone moves things about at the same time. The
output folder itself is the user's word and may be a link.
"""

from __future__ import annotations

import errno
import os
import stat
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from mlkc.text.digest import sha256
from mlkc.write.files import folders_of, split

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: a pipe that took the file's place between look and open must not hang the run.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK = 1 << 20
_OPEN_FOLDERS = 64  # below the 256 handles that macOS gives a process


class Kind(Enum):
    """What stands at a path; the value is the word for it in messages."""

    ABSENT = "nothing"
    FILE = "file"
    FOLDER = "folder"
    LINK = "symbolic link"
    SPECIAL = "pipe, socket or device"


class Entry(NamedTuple):
    """What stands at a path: its kind, and what the system says about it unless it is absent."""

    kind: Kind
    stat: os.stat_result | None = None


class Blocked(Exception):  # noqa: N818  not an error until its reader says so
    """Something that is no folder stands where a folder of a path should be.

    Attributes:
        path: where it stands.
        kind: what it is: FILE, LINK or SPECIAL.
    """

    def __init__(self, path: str, kind: Kind) -> None:
        super().__init__(path, kind)
        self.path = path
        self.kind = kind


class Tree:
    """The output folder, to read. Paths are relative POSIX paths; the empty one is the folder itself.

    Every method raises OSError, with the relative path as its filename, where the system refuses,
    and Blocked where a component on the way is not a folder.
    """

    def __init__(self, root: int | None) -> None:
        """Args: root: a handle of the folder, or None if there is no folder yet."""
        self._root = root
        self._folders: dict[str, int] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._spelt: set[str] = set()

    @classmethod
    def open(cls, root: Path) -> Self:
        """Opens the folder; one that does not exist reads as empty."""
        try:
            return cls(os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        except FileNotFoundError:
            return cls(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.forget("")
        if self._root is not None:
            os.close(self._root)
            self._root = None

    def look(self, path: str) -> Entry:
        """What stands at `path`; ABSENT too if a folder on the way is absent."""
        folder, name = split(path)
        try:
            status = self._stat(name, self.folder(folder), path)
        except FileNotFoundError:
            return Entry(Kind.ABSENT)
        return Entry(_kind(status.st_mode), status)

    def check_length(self, path: str) -> None:
        """Raises what the system would say to a name that it can't store, even in a folder to be made."""
        limit = 255 if self._root is None else os.fpathconf(self._root, "PC_NAME_MAX")
        if any(len(os.fsencode(name)) > limit for name in path.split("/")):
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), path)

    def read(self, path: str) -> bytes:
        """The whole content of a file."""
        handle = self._file(path)
        try:
            chunks = []
            while chunk := os.read(handle, _CHUNK):
                chunks.append(chunk)
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
        finally:
            os.close(handle)

    def digest(self, path: str) -> str:
        """The SHA-256 of a file in hexadecimal, read in pieces."""
        handle = self._file(path)
        try:
            sum_ = sha256()
            while chunk := os.read(handle, _CHUNK):
                sum_.update(chunk)
            return sum_.hexdigest()
        finally:
            os.close(handle)

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder, as they were when first asked for; none if the folder is absent."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(self.folder(folder)))  # noqa: PTH208  a handle has no path
            except FileNotFoundError:
                return frozenset()
        return self._names[folder]

    def leaves(self, folder: str) -> list[str]:
        """Every path below a folder that is no folder, and every empty folder."""
        names = self.names(folder)
        if not names:
            return [folder]
        found = []
        for path in sorted(f"{folder}/{name}" for name in names):
            found += self.leaves(path) if self.look(path).kind is Kind.FOLDER else [path]
        return found

    def other_spelling(self, path: str) -> tuple[str, str] | None:
        """Finds a component of `path` that exists, but not under the name that `path` gives it.

        A disk that ignores case finds `Base` when asked for `base`. Such a disk is recognised by
        what it does: it has the name, yet does not list it.

        Returns:
            The path up to that component, and the same with the name that the disk lists; or None.
        """
        for part in (*folders_of(path), path):
            if part in self._spelt:
                continue
            folder, name = split(part)
            if name not in self.names(folder):
                if self.look(part).kind is Kind.ABSENT:
                    return None
                self._names.pop(folder)
                if name not in (names := self.names(folder)):
                    folded = name.casefold()
                    other = next((n for n in sorted(names) if n.casefold() == folded), "another name")
                    return part, f"{folder}/{other}" if folder else other
            self._spelt.add(part)
        return None

    def folder(self, path: str) -> int:
        """A handle of a folder; it stays the tree's own and may be closed by the next call."""
        if not path:
            if self._root is None:
                raise FileNotFoundError(errno.ENOENT, "No such folder", path)
            return self._root
        if path in self._folders:
            self._folders[path] = self._folders.pop(path)  # the one closed first is the one unused longest
        else:
            folder, name = split(path)
            above = self.folder(folder)
            try:
                handle = self._open(name, _FOLDER, above, path)
            except FileNotFoundError:
                raise
            except OSError:
                kind = _kind(self._stat(name, above, path).st_mode)
                if kind is Kind.FOLDER:
                    raise
                raise Blocked(path, kind) from None
            if len(self._folders) >= _OPEN_FOLDERS:
                os.close(self._folders.pop(next(iter(self._folders))))
            self._folders[path] = handle
        return self._folders[path]

    def forget(self, path: str) -> None:
        """Drops what is remembered of a folder and all below it; the empty path drops everything."""
        below = [p for p in self._folders if not path or p == path or p.startswith(f"{path}/")]
        for folder in below:
            os.close(self._folders.pop(folder))
        self._names.clear()
        self._spelt.clear()

    def _file(self, path: str) -> int:
        folder, name = split(path)
        return self._open(name, _FILE, self.folder(folder), path)

    # The two calls below are the only ones that hand a name to the system to find something.

    def _open(self, name: str, flags: int, folder: int, path: str) -> int:
        try:
            return os.open(name, flags, dir_fd=folder)
        except OSError as error:
            error.filename = path
            raise

    def _stat(self, name: str, folder: int, path: str) -> os.stat_result:
        try:
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            error.filename = path
            raise


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.SPECIAL
