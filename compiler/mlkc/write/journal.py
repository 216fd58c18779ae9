"""The list of steps that a run has begun, on the disk before the first of them is done.

A journal named `journal` is to be carried out to its end; one named `undo` is to be taken back.
Either lies in the staging folder, beside the new files and a second name for each old one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mlkc.write.files import MANIFEST, STAGING, check_path
from mlkc.write.tree import Kind

if TYPE_CHECKING:
    from mlkc.write.disk import Disk
    from mlkc.write.manifest import Owned
    from mlkc.write.tree import Tree

JOURNAL = f"{STAGING}/journal"
UNDO = f"{STAGING}/undo"
_DRAFT = f"{STAGING}/draft"
_FORMAT = 1
_STAGED = re.compile(r"((new|old)-[0-9]+)?")


class Do(StrEnum):
    """What a step does; each is one atomic call to the system."""

    MKDIR = "mkdir"
    PUT = "put"  # a new file where nothing was
    SWAP = "swap"  # a new file over an old one
    DROP = "drop"  # an old file goes
    RMDIR = "rmdir"  # a folder goes if it is empty
    KEEP = "keep"  # a file that is made once


class Step(NamedTuple):
    """One step.

    Attributes:
        do: what.
        path: of the file or folder, in the output folder.
        new: name of the new file in the staging folder; for PUT, SWAP and KEEP.
        old: name that the old file also has there; for SWAP and DROP.
        new_sum: SHA-256 of the new file; for PUT and SWAP. A KEEP has none: it may hold a password.
        old_sum: SHA-256 of the old file; for SWAP and DROP.
        mode: permissions of the folder that goes; for RMDIR.
    """

    do: Do
    path: str
    new: str = ""
    old: str = ""
    new_sum: str = ""
    old_sum: str = ""
    mode: int = 0


class Pending(NamedTuple):
    """What a killed run left to do: `steps` forward, or backward if `undo`."""

    steps: tuple[Step, ...]
    undo: bool

    def sums(self) -> Owned:
        """The sums of the files that the run was about to write or replace, by path."""
        found: Owned = {}
        for step in self.steps:
            sums = {step.new_sum, step.old_sum} - {""}
            if sums and step.path != MANIFEST:
                found[step.path] = found.get(step.path, frozenset()) | sums
        return found


class Damaged(Exception):  # noqa: N818  the file is damaged, not the program
    """The journal can't be read."""


def write(disk: Disk, steps: Iterable[Step]) -> None:
    """Puts the journal on the disk, whole; from then on a killed run is finished by the next one."""
    lines = [json.dumps({"format": _FORMAT})]
    lines += [json.dumps({k: v for k, v in step._asdict().items() if v}) for step in steps]
    disk.create(_DRAFT, "".join(f"{line}\n" for line in lines).encode(), 0o600)
    disk.sync_files([_DRAFT])
    disk.sync_folders([STAGING])
    disk.rename(_DRAFT, JOURNAL)
    disk.sync_folders([STAGING])


def pending(tree: Tree) -> Pending | None:
    """Reads what a killed run left to do, or None.

    Raises:
        Damaged: a journal is there but is not one.
    """
    for path in (UNDO, JOURNAL):
        if tree.look(path).kind is not Kind.ABSENT:
            return Pending(_parse(tree.read(path)), path == UNDO)
    return None


def folders(steps: Sequence[Step]) -> list[str]:
    """The folders whose entries the steps change, each once."""
    return sorted({step.path.rpartition("/")[0] for step in steps})


def _parse(text: bytes) -> tuple[Step, ...]:
    try:
        first, *rest = text.decode().splitlines()
        if json.loads(first) != {"format": _FORMAT}:
            raise Damaged("another format")
        steps = []
        for line in rest:
            fields = json.loads(line)
            step = Step(**{**fields, "do": Do(fields["do"])})
            if step.path != MANIFEST:
                check_path(step.path)
            if not all(_STAGED.fullmatch(name) for name in (step.new, step.old)):
                raise Damaged("a name that leads out of the staging folder")
            steps.append(step)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Damaged(str(error)) from None
    return tuple(steps)
