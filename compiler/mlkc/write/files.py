"""What the folder shall hold: the files that mlkc owns, and the files that it makes once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

MANIFEST = ".mlkc-manifest"
STAGING = ".mlkc-staging"
# All that is written stands below these, so that no manifest or journal, which whoever can push can write, makes a run
# touch another file of the repository.
FOLDERS = ("base", "overlays", "images")
# Git refuses a path with a .git component, and a file there could be a hook.
_RESERVED = frozenset({".git", MANIFEST, STAGING})


class OutputFile(Struct, frozen=True):
    """A generated file. mlkc owns it: the next run may replace or delete it while it is unedited.

    Attributes:
        path: relative POSIX path inside the output folder: `overlays/prod/kustomization.yaml`.
        content: every byte of it.
        mode: permission bits of the file when it is written. Only a missing execute bit is mended
            later, as git keeps no other bit.
    """

    path: str
    content: bytes
    mode: int = 0o644


class KeepFile(Struct, frozen=True):
    """A file made once, then the user's: never overwritten, never deleted, not in the manifest.

    Attributes:
        path: relative POSIX path inside the output folder: `overlays/prod/secrets.env`.
        make: gives the content; called at most once, and only if nothing stands at the path.
        mode: permission bits of the file when it is made.
    """

    path: str
    make: Callable[[], bytes]
    mode: int = 0o600


class Wanted(Struct, frozen=True):
    """Everything a run wants in the folder; the paths are checked.

    Attributes:
        files: by path, in the order of their paths.
        keep: by path, in the order of their paths.
        force: the user gives up edits and strange files that stand where outputs go.
        adopted: SHA-256 sums of edits that the spec says by now, by path; their files may be replaced.
    """

    files: dict[str, OutputFile]
    keep: dict[str, KeepFile]
    force: bool
    adopted: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        files: Sequence[OutputFile],
        keep: Sequence[KeepFile],
        *,
        force: bool,
        adopted: Mapping[str, frozenset[str]],
    ) -> Wanted:
        """Collects the files.

        Raises:
            ValueError: a path leaves the folder, is reserved, or comes twice, or a file is also a
                folder of another: a bug in the caller, not a mistake of the user.
        """
        paths = sorted([*(file.path for file in files), *(file.path for file in keep)])
        for path in paths:
            check_path(path)
        twice = [path for path, following in pairwise(paths) if path == following]
        known = set(paths)
        both = [path for path in paths if any(above in known for above in folders_of(path))]
        if twice or both:
            raise ValueError(f"output paths that exclude one another: {[*twice, *both]}")
        return cls(
            {file.path: file for file in sorted(files, key=lambda file: file.path)},
            {file.path: file for file in sorted(keep, key=lambda file: file.path)},
            force,
            adopted,
        )

    def clashes(self) -> list[tuple[str, str]]:
        """Pairs of different files or folders whose names differ only in case, each pair once."""
        seen: dict[str, str] = {}
        found: dict[tuple[str, str], None] = {}
        for path in (*self.files, *self.keep):
            for part in (*folders_of(path), path):
                first = seen.setdefault(part.casefold(), part)
                if first != part:
                    found[first, part] = None
                    break
        return list(found)


def check_path(path: str) -> None:
    """Refuses a path that is not a plain one below a folder of outputs, or that leads to a place of git's or ours.

    Raises:
        ValueError: with the path in it.
    """
    parts = path.split("/")
    unprintable = "\\" in path or any(ord(character) < 32 or ord(character) == 127 for character in path)
    if (
        unprintable
        or parts[0] not in FOLDERS
        or any(part in ("", ".", "..") or part.lower() in _RESERVED for part in parts)
    ):
        raise ValueError(f"not a path for an output file: {path!r}")


def folders_of(path: str) -> Iterator[str]:
    """The folders that `path` lies in, the outermost first, without the output folder itself."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def all_folders(paths: Iterable[str]) -> set[str]:
    """Every folder that one of `paths` lies in, without the output folder itself."""
    return {folder for path in paths for folder in folders_of(path)}


def split(path: str) -> tuple[str, str]:
    """The folder of a path, empty for the output folder, and the last name."""
    folder, _, name = path.rpartition("/")
    return folder, name
