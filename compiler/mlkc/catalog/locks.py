"""Locks: for each Python, a set of package versions that pip resolved together.

One text file a Python series in `locks/`: sections `[NAME VERSION]`, each with the pins of all that NAME needs,
NAME itself included. They are made by `pip install --dry-run --report`, all sections in one resolution, so that
any of them fit together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "locks"


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock of one Python series.

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
def by_python(series: str) -> Lock | None:
    """Reads the lock of a Python series; None where there is none."""
    file = _FOLDER / f"python-{series}.txt"
    if not file.is_file():
        return None
    versions: dict[str, str] = {}
    pins: dict[str, list[str]] = {}
    root = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            root, version = line.strip("[]").split(" ")
            versions[root] = version
            pins[root] = []
        elif line and not line.startswith("#"):
            pins[root].append(line)
    return Lock(series, versions, {name: tuple(found) for name, found in pins.items()})
