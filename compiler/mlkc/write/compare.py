"""Compares what is wanted with what the folder holds, and judges every difference. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from mlkc.diag.diagnostic import Diagnostic
from mlkc.text.digest import sha256
from mlkc.write import journal, manifest, refusal
from mlkc.write.files import MANIFEST, STAGING, KeepFile, OutputFile, Wanted, all_folders
from mlkc.write.manifest import Owned
from mlkc.write.steps import Mark, mark_of
from mlkc.write.tree import Blocked, Entry, Kind, Tree

_Judge: TypeAlias = Callable[[str], None]
_NO_SUMS: frozenset[str] = frozenset()

State: TypeAlias = tuple[tuple[str, int, int], ...]
"""Path, inode and time of the last change of its status in ns, for each file there that tells a run."""


class Old(NamedTuple):
    """A file that is to be replaced or deleted, as it was when it was judged.

    Attributes:
        digest: its SHA-256.
        mark: tells it from a file that takes its place.
        mode: its permission bits.
    """

    digest: str
    mark: Mark
    mode: int


class Comparison:
    """What `compare` found. `ChangeSet` says what each list of paths means.

    Attributes:
        old: the files that are to be replaced or deleted, by path.
        sums: SHA-256 of every wanted file, by path.
        manifest: the manifest as it shall be.
        write_manifest: whether it is another now.
        leftover: whether there is a staging folder.
        diagnostics: what there is to say, in the order in which it was found.
    """

    def __init__(self) -> None:
        self.create: list[str] = []
        self.update: list[str] = []
        self.delete: list[str] = []
        self.unchanged: list[str] = []
        self.make: list[str] = []
        self.forced: list[str] = []
        self.edited: list[str] = []
        self.foreign: list[str] = []
        self.blocked: list[str] = []
        self.strangers: list[str] = []
        self.old: dict[str, Old] = {}
        self.sums: dict[str, str] = {}
        self.manifest = b""
        self.write_manifest = False
        self.leftover = False
        self.diagnostics: list[Diagnostic] = []

    @property
    def due(self) -> bool:
        """Whether a run has anything to write."""
        return bool(self.create or self.update or self.delete or self.make or self.write_manifest)


def state(tree: Tree) -> State:
    """What is another whenever a run wrote to the folder in between: marks of its journal and the manifest.

    Asked before and after a comparison, the journal first: a run that was not seen either time
    either ended before, or replaced the manifest, or wrote nothing that the manifest does not list.
    """
    tree.forget(STAGING)  # a later run's staging folder is another one of the same name
    staging = tree.look(STAGING).kind is Kind.FOLDER
    paths = (*((journal.JOURNAL, journal.UNDO) if staging else ()), MANIFEST)
    stats = ((path, tree.look(path).stat) for path in paths)
    return tuple((path, stat.st_ino, stat.st_ctime_ns) for path, stat in stats if stat is not None)


def compare(tree: Tree, wanted: Wanted, known: Owned | None = None) -> Comparison:
    """Compares.

    Args:
        tree: the output folder.
        wanted: what it shall hold.
        known: further sums, by path, that show a file to be one of mlkc's.

    Returns:
        Every difference, and a diagnostic for each that keeps the files from being written.
    """
    return _Comparing(tree, wanted, known or {}).run()


class _Comparing:
    def __init__(self, tree: Tree, wanted: Wanted, known: Owned) -> None:
        self._tree = tree
        self._wanted = wanted
        self._owned: Owned = dict(known)
        self._found = Comparison()

    def run(self) -> Comparison:
        for first, second in self._wanted.clashes():
            self._found.diagnostics.append(refusal.clash(first, second))
        readable = self._read_journal()
        written = self._read_manifest()
        self._add(self._wanted.adopted)
        if not readable or MANIFEST in self._found.blocked:
            return self._found  # without knowing what is owned, every judgement would be noise
        for path in sorted(self._owned.keys() - self._wanted.files.keys() - self._wanted.keep.keys()):
            self._guard(path, self._leftover)
        self._deleted = frozenset(self._found.delete)
        for path in self._wanted.files:
            self._guard(path, self._output)
        for path in self._wanted.keep:
            self._guard(path, self._keep)
        self._find_strangers()
        self._found.manifest = manifest.render(self._found.sums)
        self._found.write_manifest = self._found.manifest != written and bool(written or self._found.sums)
        return self._found

    def _guard(self, path: str, judge: _Judge) -> None:
        """Judges a path; what the system refuses becomes a diagnostic of that path."""
        try:
            try:
                judge(path)
            except FileNotFoundError:
                judge(path)  # gone between look and read; it is looked at again
        except OSError as error:
            self._found.blocked.append(path)
            self._found.diagnostics.append(refusal.reading(error, path))

    def _read_journal(self) -> bool:
        """Adds the sums of an interrupted run; False if it can't be told what that run did."""
        entry = self._tree.look(STAGING)
        self._found.leftover = entry.kind is not Kind.ABSENT
        if entry.kind not in (Kind.ABSENT, Kind.FOLDER):
            self._block(STAGING, STAGING, entry.kind)
            return False
        try:
            pending = journal.pending(self._tree)
        except journal.Damaged as error:
            self._found.diagnostics.append(refusal.damaged_journal(str(error)))
            return False
        if pending is not None:
            self._found.diagnostics.append(refusal.interrupted())
            self._add(pending.sums())
        return True

    def _read_manifest(self) -> bytes | None:
        entry = self._tree.look(MANIFEST)
        if entry.kind is Kind.ABSENT:
            return None
        if entry.kind is not Kind.FILE:
            self._block(MANIFEST, MANIFEST, entry.kind)
            return None
        text = self._tree.read(MANIFEST)
        self._found.old[MANIFEST] = Old(_sum(text), mark_of(entry), _mode(entry))
        try:
            self._add(manifest.parse(text))
        except manifest.Malformed as error:
            if not self._wanted.force:
                self._found.blocked.append(MANIFEST)
                self._found.diagnostics.append(refusal.malformed_manifest(error.line, str(error)))
        return text

    def _add(self, sums: Mapping[str, frozenset[str]]) -> None:
        for path, digests in sums.items():
            self._owned[path] = self._owned.get(path, _NO_SUMS) | digests

    def _leftover(self, path: str) -> None:
        """A file that mlkc once wrote and now does not."""
        try:
            entry = self._tree.look(path)
        except Blocked:
            return
        if entry.kind is not Kind.FILE or self._tree.other_spelling(path):
            return
        old = Old(self._tree.digest(path), mark_of(entry), _mode(entry))
        if old.digest not in self._owned[path]:
            if not self._wanted.force:
                self._found.edited.append(path)
                self._found.diagnostics.append(refusal.edited_leftover(path))
                return
            self._found.forced.append(path)
        self._found.old[path] = old
        self._found.delete.append(path)

    def _output(self, path: str) -> None:
        file = self._wanted.files[path]
        digest = self._found.sums[path] = _sum(file.content)
        entry = self._entry(path)
        if entry is None:
            return
        if entry.kind is Kind.ABSENT:
            self._found.create.append(path)
        elif entry.kind is Kind.FILE:
            self._compare_file(file, entry, digest)
        else:
            self._block(path, path, entry.kind)

    def _compare_file(self, file: OutputFile, entry: Entry, digest: str) -> None:
        path = file.path
        old = Old(self._digest_of(file, entry, digest), mark_of(entry), _mode(entry))
        if old.digest == digest:
            if old.mode & 0o100 or not file.mode & 0o100:
                self._found.unchanged.append(path)
                return
        elif old.digest not in self._owned.get(path, _NO_SUMS):
            if not self._wanted.force:
                owned = path in self._owned
                (self._found.edited if owned else self._found.foreign).append(path)
                self._found.diagnostics.append(refusal.edited(path) if owned else refusal.foreign(path))
                return
            self._found.forced.append(path)
        self._found.old[path] = old
        self._found.update.append(path)

    def _digest_of(self, file: OutputFile, entry: Entry, digest: str) -> str:
        """The sum of the file on the disk; one with the wanted content is compared, not summed."""
        if entry.stat is None or entry.stat.st_size != len(file.content):
            return self._tree.digest(file.path)
        content = self._tree.read(file.path)
        return digest if content == file.content else _sum(content)

    def _keep(self, path: str) -> None:
        entry = self._entry(path)
        if entry is None:
            return
        if entry.kind is Kind.ABSENT:
            self._found.make.append(path)
        elif entry.kind is Kind.FOLDER:
            self._block(path, path, entry.kind)
        elif entry.kind is Kind.FILE and _exposed(entry, self._wanted.keep[path]):
            self._found.diagnostics.append(refusal.exposed(path, _mode(entry), self._wanted.keep[path].mode))

    def _entry(self, path: str) -> Entry | None:
        """What stands at a path once the leftovers are gone; None if something is in the way."""
        self._tree.check_length(path)
        try:
            entry = self._tree.look(path)
        except Blocked as block:
            if block.kind is Kind.FILE and block.path in self._deleted:
                return Entry(Kind.ABSENT)
            self._block(path, block.path, block.kind)
            return None
        spelling = self._tree.other_spelling(path)
        if spelling is not None:
            self._found.blocked.append(path)
            self._found.diagnostics.append(refusal.clash(*spelling, on_disk=True))
            return None
        if entry.kind is Kind.FOLDER and self._deleted.issuperset(self._tree.leaves(path)):
            return Entry(Kind.ABSENT)
        return entry

    def _block(self, path: str, at: str, kind: Kind) -> None:
        self._found.blocked.append(path)
        diagnostic = refusal.blocked(path, at, kind)
        if diagnostic not in self._found.diagnostics:
            self._found.diagnostics.append(diagnostic)

    def _find_strangers(self) -> None:
        ours = {*self._wanted.files, *self._wanted.keep, *self._owned}
        folders = all_folders(ours)
        for folder in sorted(folders):
            try:
                paths = [f"{folder}/{name}" for name in self._tree.names(folder)]
            except (OSError, Blocked):
                continue
            self._found.strangers += sorted(p for p in paths if p not in ours and p not in folders)


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _mode(entry: Entry) -> int:
    return entry.stat.st_mode & 0o7777 if entry.stat is not None else 0


def _exposed(entry: Entry, keep: KeepFile) -> bool:
    return bool(_mode(entry) & 0o077 & ~keep.mode)
