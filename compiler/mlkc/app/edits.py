"""The edits of generated files by hand, each against what mlkc had written there."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from mlkc.app.compile import secrets_of
from mlkc.app.drift import edit, secret_values
from mlkc.artifact.model import OutputTree
from mlkc.artifact.render import render
from mlkc.write import manifest
from mlkc.write.change import ChangeSet, plan_changes
from mlkc.write.files import MANIFEST, OutputFile

# A file that was edited is mostly as one of the last commits of it has it.
_COMMITS: Final = "20"
_SECONDS: Final = 20


class Edit(Struct, frozen=True):
    """A generated file that a person changed.

    Attributes:
        path: relative to the output folder.
        lines: a unified diff from what mlkc wrote, or else from what the spec compiles to; secrets taken out.
    """

    path: str
    lines: tuple[str, ...]


def files_of(output: OutputTree) -> list[OutputFile]:
    """Returns the files of an output."""
    return [OutputFile(artifact.path, render(artifact), artifact.mode) for artifact in output.artifacts]


def edits_in(folder: Path, output: OutputTree) -> tuple[Edit, ...]:
    """Finds the files of mlkc's in a folder that a person edited, also those that the spec no longer makes."""
    changes = plan_changes(folder, files_of(output), secrets_of(output, folder)).value
    return () if changes is None else tuple(edits_of(folder, changes, changes.edited))


def edits_of(folder: Path, changes: ChangeSet, paths: Iterable[str]) -> Iterator[Edit]:
    """Shows what a person changed.

    Args:
        folder: the output folder.
        changes: the comparison of that folder with a compile.
        paths: files that hold neither what mlkc wrote nor what it would write.
    """
    chosen = sorted(set(paths))
    local = (path.relative_to(folder).as_posix() for path in folder.glob("overlays/*/*secrets.env"))
    secrets = secret_values(folder, local) if chosen else ()
    sums = _sums(folder) if chosen else {}
    for path in chosen:
        try:
            found = (folder / path).read_bytes()
        except OSError:
            continue
        wanted = changes.wanted.files.get(path)
        before = _written(folder, path, sums.get(path, frozenset()), wanted.content if wanted else None)
        if before is not None:
            yield Edit(path, edit(path, before, found, secrets))
        elif wanted is not None:
            yield Edit(path, edit(path, wanted.content, found, secrets))
        else:
            said = f"what mlkc wrote to {path} is not in git's history: this is the whole file as it is now"
            yield Edit(path, (said, *edit(path, b"", found, secrets)))


def _sums(folder: Path) -> manifest.Owned:
    try:
        return manifest.parse((folder / MANIFEST).read_bytes())
    except (OSError, manifest.Malformed):
        return {}


def _written(folder: Path, path: str, sums: frozenset[str], wanted: bytes | None) -> bytes | None:
    """What mlkc last wrote to a file: what it would write now, or a commit of the file, by the manifest's sum."""
    if wanted is not None and hashlib.sha256(wanted).hexdigest() in sums:
        return wanted
    if not sums:
        return None
    commits = _git(folder, "rev-list", "-n", _COMMITS, "HEAD", "--", path) or b""
    for commit in commits.decode("ascii", "replace").split():
        content = _git(folder, "show", f"{commit}:./{path}")
        if content is not None and hashlib.sha256(content).hexdigest() in sums:
            return content
    return None


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout
