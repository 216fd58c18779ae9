"""What a run would change in the output folder, found without changing anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

from msgspec import Struct

from mlkc.diag.outcome import Outcome
from mlkc.write import refusal
from mlkc.write.compare import Comparison, compare, state
from mlkc.write.files import KeepFile, OutputFile, Wanted
from mlkc.write.manifest import Owned
from mlkc.write.tree import Tree

_SETTLE_SECONDS = 30.0
_PAUSE_SECONDS = 0.01
_NOTHING: Owned = {}


class ChangeSet(Struct, frozen=True):
    """The difference between what is wanted and what is there. All paths are relative and in order.

    Attributes:
        create: outputs that are not there.
        update: outputs whose file is replaced; also one that lacks only its execute bit.
        delete: owned files that are no longer generated, and unedited.
        unchanged: outputs that are there as wanted.
        make: files made once that are not there yet. They don't count as drift: git ignores them.
        forced: those of `update` and `delete` that lose a person's work because force is set.
        edited: owned files that a person edited, so that they are neither updated nor deleted.
        foreign: files that mlkc never wrote where outputs go.
        blocked: outputs that can't be written, as a link, a file or a folder is in the way.
        strangers: files and folders in folders of outputs that are nobody's here; never touched.
        record: whether the manifest is out of date.
        interrupted: whether a run left something to finish or to clear away.
        wanted: what was asked for; `apply` looks again and goes by this.
    """

    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]
    unchanged: tuple[str, ...]
    make: tuple[str, ...]
    forced: tuple[str, ...]
    edited: tuple[str, ...]
    foreign: tuple[str, ...]
    blocked: tuple[str, ...]
    strangers: tuple[str, ...]
    record: bool
    interrupted: bool
    wanted: Wanted

    @property
    def clean(self) -> bool:
        """Whether the folder holds exactly the outputs: nothing differs and nothing is in the way."""
        refused = self.edited or self.foreign or self.blocked
        return not (self.create or self.update or self.delete or refused or self.record or self.interrupted)

    @property
    def due(self) -> bool:
        """Whether `apply` has anything to do."""
        return bool(self.create or self.update or self.delete or self.make or self.record or self.interrupted)


def plan_changes(
    root: Path,
    files: Sequence[OutputFile],
    keep: Sequence[KeepFile] = (),
    *,
    force: bool = False,
    adopted: Owned = _NOTHING,
) -> Outcome[ChangeSet]:
    """Compares the wanted files with the folder. Writes nothing, not even a lock.

    Args:
        root: the output folder; it need not exist yet.
        files: the generated files.
        keep: the files that are made once.
        force: overwrite and delete files that a person edited or put there.
        adopted: sums of edits that the spec says by now, by path; just these may be overwritten.

    Returns:
        The change set, also if there are errors, so that a check can report it; None only if the
        folder itself can't be read. Errors: MK701 to MK709, MK716. Warnings: MK713, MK714.

    Raises:
        ValueError: a path leaves the folder, is reserved, comes twice or excludes another.
    """
    wanted = Wanted.of(files, keep, force=force, adopted=adopted)
    try:
        with Tree.open(root) as tree:
            found = _settled(tree, wanted)
    except NotADirectoryError:
        return Outcome(None, (refusal.no_folder(root),))
    except OSError as error:
        return Outcome(None, (refusal.reading(error, str(error.filename or root)),))
    return Outcome(_change_set(found, wanted), tuple(found.diagnostics))


def _settled(tree: Tree, wanted: Wanted) -> Comparison:
    """Compares, and again as long as other runs change the folder meanwhile: half of a change misleads.

    Raises:
        OSError: what the system refused while no run was at it, or still after `_SETTLE_SECONDS`.
    """
    deadline = monotonic() + _SETTLE_SECONDS
    while True:
        before = state(tree)
        try:
            found: Comparison | OSError = compare(tree, wanted)
        except OSError as error:  # also what another run removed between look and read
            found = error
        if state(tree) == before or monotonic() >= deadline:
            if isinstance(found, OSError):
                raise found
            return found
        tree.forget("")
        sleep(_PAUSE_SECONDS)


def _change_set(found: Comparison, wanted: Wanted) -> ChangeSet:
    return ChangeSet(
        create=tuple(found.create),
        update=tuple(found.update),
        delete=tuple(found.delete),
        unchanged=tuple(found.unchanged),
        make=tuple(found.make),
        forced=tuple(sorted(found.forced)),
        edited=tuple(sorted(found.edited)),
        foreign=tuple(found.foreign),
        blocked=tuple(sorted(set(found.blocked))),
        strangers=tuple(found.strangers),
        record=found.write_manifest,
        interrupted=found.leftover,
        wanted=wanted,
    )
