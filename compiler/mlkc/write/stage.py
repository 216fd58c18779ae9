"""Prepares a change beside the outputs, and lists the steps that will carry it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from mlkc.text.digest import sha256
from mlkc.write.compare import Comparison
from mlkc.write.disk import Disk
from mlkc.write.files import MANIFEST, STAGING, Wanted, all_folders, folders_of
from mlkc.write.journal import Do, Step
from mlkc.write.steps import NO_LINKS
from mlkc.write.tree import Blocked, Kind


def stage(disk: Disk, found: Comparison, wanted: Wanted) -> list[Step]:
    """Writes every new file, and a second name for every old one, into the staging folder.

    New files come first, then replaced ones, then deletions, so that a reader who comes in between
    seldom follows a reference to nothing; but what stands where something new goes is removed first.

    Returns:
        The steps, in order. No output is touched yet.

    Raises:
        Blocked, OSError: as in `Disk`.
    """
    return _Stage(disk, found, wanted).run()


class _Stage:
    def __init__(self, disk: Disk, found: Comparison, wanted: Wanted) -> None:
        self._disk = disk
        self._found = found
        self._wanted = wanted
        self._numbers = count()
        self._staged: list[str] = []

    def run(self) -> list[Step]:
        new = [*self._found.create, *self._found.make]
        blocking = [path for path in self._found.delete if _excludes(path, new)]
        rest = [path for path in self._found.delete if path not in set(blocking)]
        steps = [
            *(self._drop(path) for path in blocking),
            *self._rmdirs(blocking),
            *(Step(Do.MKDIR, path) for path in self._missing_folders(new)),
            *(self._write(Do.PUT, path) for path in self._found.create),
            *(self._write(Do.SWAP, path) for path in self._found.update),
            *(self._drop(path) for path in rest),
            *self._rmdirs(rest),
            *(self._keep(path) for path in self._found.make),
        ]
        if self._found.write_manifest:
            steps.append(self._manifest())
        self._disk.sync_files(self._staged)
        return steps

    def _write(self, do: Do, path: str) -> Step:
        file = self._wanted.files[path]
        return self._new(do, path, file.content, file.mode, self._found.sums[path])

    def _keep(self, path: str) -> Step:
        keep = self._wanted.keep[path]
        return self._new(Do.KEEP, path, keep.make(), keep.mode, "")

    def _manifest(self) -> Step:
        text = self._found.manifest
        do = Do.SWAP if MANIFEST in self._found.old else Do.PUT
        return self._new(do, MANIFEST, text, 0o644, sha256(text).hexdigest())

    def _new(self, do: Do, path: str, content: bytes, mode: int, digest: str) -> Step:
        name = f"new-{next(self._numbers)}"
        self._disk.create(f"{STAGING}/{name}", content, mode)
        self._staged.append(f"{STAGING}/{name}")
        if do is not Do.SWAP:
            return Step(do, path, new=name, new_sum=digest)
        return Step(
            do, path, new=name, new_sum=digest, old=self._keep_old(path), old_sum=self._found.old[path].digest
        )

    def _drop(self, path: str) -> Step:
        return Step(Do.DROP, path, old=self._keep_old(path), old_sum=self._found.old[path].digest)

    def _keep_old(self, path: str) -> str:
        """Gives the old file a second name; a copy where the file system has no links."""
        name = f"old-{next(self._numbers)}"
        second = f"{STAGING}/{name}"
        try:
            self._disk.link(path, second)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            self._disk.create(second, self._disk.read(path), self._found.old[path].mode)
            self._staged.append(second)
        return name

    def _missing_folders(self, new: Iterable[str]) -> Iterator[str]:
        """Folders to make, the outer before the inner."""
        for folder in sorted(all_folders(new)):
            try:
                kind = self._disk.look(folder).kind
            except Blocked:
                kind = Kind.ABSENT
            if kind is not Kind.FOLDER:
                yield folder

    def _rmdirs(self, deleted: Iterable[str]) -> Iterator[Step]:
        """Folders that may be empty once these files are gone, the inner before the outer."""
        needed = all_folders([*self._wanted.files, *self._wanted.keep])
        for folder in sorted(all_folders(deleted) - needed, reverse=True):
            status = self._disk.look(folder).stat
            yield Step(Do.RMDIR, folder, mode=status.st_mode & 0o7777 if status else 0o755)


def _excludes(path: str, new: Iterable[str]) -> bool:
    """Whether a file at `path` can't be there together with one of the new ones."""
    return any(path in folders_of(other) or other in folders_of(path) for other in new)
