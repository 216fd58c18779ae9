"""The record of the files that mlkc owns, committed beside them: a line a file, sorted, no clock.

It has the form that `sha256sum -c` reads, so that anyone can check a tree without mlkc:

    # Written by mlkc, which owns these files. Commit this file; to check it: sha256sum -c .mlkc-manifest
    2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  base/kustomization.yaml

Git may merge two versions of it and leave conflict marks. Both sides were written by mlkc, so both
are taken: a file that matches either is unedited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from mlkc.write.files import MANIFEST, check_path

Owned: TypeAlias = dict[str, frozenset[str]]
"""The SHA-256 sums that show a file to be as mlkc wrote it, by path; mostly one."""

_HEADER = (
    f"# Written by mlkc, which owns these files. Commit this file; to check it: sha256sum -c {MANIFEST}\n"
)
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_CONFLICT_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class Malformed(ValueError):  # noqa: N818  the file is malformed, not the program
    """A manifest with a line that mlkc did not write.

    Attributes:
        line: number of the line, from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def render(sums: Mapping[str, str]) -> bytes:
    """Writes the manifest of files with the given SHA-256 sums, by path."""
    lines = (f"{sums[path]}  {path}\n" for path in sorted(sums))
    return (_HEADER + "".join(lines)).encode()


def parse(text: bytes) -> Owned:
    """Reads a manifest.

    Raises:
        Malformed: a line is not one of a manifest, or names a path outside the output folder.
    """
    owned: Owned = {}
    for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
        if not line or line.startswith(("#", *_CONFLICT_MARKS)):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise Malformed(number, "not a SHA-256 sum, two spaces and a path")
        digest, path = match.groups()
        try:
            check_path(path)
        except ValueError:
            raise Malformed(number, f"{path!r} is no path of an output file") from None
        owned[path] = owned.get(path, frozenset()) | {digest}
    return owned
