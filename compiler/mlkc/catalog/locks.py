"""Locks: for a Python and an MLflow, the versions of all packages that the images may need, resolved together.

One text file a lock in `locks/`: sections `[NAME VERSION]`, each with the pins of all that NAME needs, NAME
itself included. All sections come from one resolution, so any of them fit together. `tools/relock.py` writes
the files from the rows of `lock_recipes`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.catalog import lock_recipes

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "locks"


class Lock(Struct, frozen=True):
    """The lock of one Python series and one MLflow.

    Attributes:
        python: the series, `3.11`.
        versions: root package → its version.
        pins: root package → `NAME==VERSION` of all that it needs, in the order of their names.
    """

    python: str
    versions: Mapping[str, str]
    pins: Mapping[str, tuple[str, ...]]

    @property
    def mlflow(self) -> str:
        """The MLflow that it was resolved with; its pins fit no other."""
        return self.versions["mlflow"]

    def version(self, root: str) -> str | None:
        """Gives the version of a root package."""
        return self.versions.get(root)

    def closure(self, root: str) -> tuple[str, ...]:
        """Gives the pins of a root package and of all that it needs; empty for a package that is no root."""
        return self.pins.get(root, ())


@cache
def by_python(series: str, mlflow: str | None = None) -> Lock | None:
    """Reads the lock of a Python series.

    Args:
        series: the Python series, `3.11`.
        mlflow: the exact MLflow that it must be for; the newest that is locked for this Python when None.

    Returns:
        The lock, or None where there is none.
    """
    recipe = lock_recipes.find(series, mlflow)
    if recipe is None:
        return None
    versions: dict[str, str] = {}
    pins: dict[str, list[str]] = {}
    root = ""
    for line in (_FOLDER / recipe.file_name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            root, version = line.strip("[]").split(" ")
            versions[root] = version
            pins[root] = []
        elif line and not line.startswith("#"):
            pins[root].append(line)
    return Lock(series, versions, {name: tuple(found) for name, found in pins.items()})
