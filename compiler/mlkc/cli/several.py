"""Several specs in one call: the output folder of each, and progress on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

Result = TypeVar("Result")
Job = tuple[Path, Path]
"""A spec and its folder."""

HELP = (
    "With several specs `{folder}`, the folder of a spec, or `{name}`, its name without .yaml, must be in it."
)
_START_OF_LINE = "\r\x1b[K"


def jobs(specs: Sequence[Path], folder: Path) -> tuple[Job, ...]:
    """Finds the folder of each spec.

    Args:
        specs: at least one.
        folder: what the user said, with `{folder}` and `{name}` to be filled in.

    Raises:
        UsageError: two specs would have the same folder.
    """
    said = str(folder)
    found = tuple((spec, Path(_filled(said, spec))) for spec in specs)
    owners: dict[Path, Path] = {}
    for spec, place in found:
        other = owners.setdefault(place.resolve(), spec)
        if other is not spec:
            raise click.UsageError(
                f"{other} and {spec} have the same folder, {place}; tell them apart by {{folder}} or {{name}} in it"
            )
    return found


def each(found: Sequence[Job], work: Callable[[Path, Path], Result]) -> Iterator[tuple[Job, Result]]:
    """Works on each spec and yields what came of it; meanwhile a terminal, and nothing else, shows how far it is."""
    shown = len(found) > 1 and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    for number, (spec, folder) in enumerate(found, 1):
        if shown:
            click.echo(f"{_START_OF_LINE}[{number}/{len(found)}] {_short(str(spec))}", err=True, nl=False)
        try:
            result = work(spec, folder)
        finally:
            if shown:
                click.echo(_START_OF_LINE, err=True, nl=False)
        yield (spec, folder), result


def _filled(text: str, spec: Path) -> str:
    return text.replace("{folder}", str(spec.parent)).replace("{name}", spec.stem)


def _short(text: str) -> str:
    """The end of a path, which tells it from others, on less than a line and without control characters."""
    import shutil  # noqa: PLC0415  only a terminal needs it

    room = max(shutil.get_terminal_size().columns - 16, 8)
    clean = "".join(char if char.isprintable() else "?" for char in text)
    return clean if len(clean) <= room else f"…{clean[1 - room :]}"
