"""MLflow releases: the Python that each needs, and the newest version of what it depends on.

One row a minor version, its newest patch release. `below` columns are exclusive caps: those in the package's
own metadata, or a lower one where a newer version is known to break it.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog import version as versions
from mlkc.catalog.source import Source


class MLflow(Struct, frozen=True):
    """The newest patch release of one minor version.

    Attributes:
        version: `3.17.2`.
        python_min: oldest Python series that may install it.
        sqlalchemy_below, pandas_below, numpy_below: exclusive caps; None where it sets none.
        pyarrow_below: exclusive cap; None where it does not even require pyarrow, which HDFS needs all the same.
        installable: all that it depends on is in the package index.
    """

    version: str
    python_min: str
    sqlalchemy_below: str | None
    pandas_below: str | None
    numpy_below: str | None
    pyarrow_below: str | None
    installable: bool
    source: Source
    doubts: tuple[str, ...] = ()


# SQLAlchemy 2.1 dropped FallbackAsyncAdaptedQueuePool, which MLflow imported until 3.9.
_TRY: Final = Source(
    "seen",
    "the package's metadata, by pip; 2.22.5, 3.1.4, 3.5.1 and 3.8.1 fail on SQLAlchemy 2.1.9, 3.9.0 does not",
    "2026-11",
)
_PIP: Final = Source("seen", "the package's metadata, by pip install --dry-run --report", "2026-11")

# fmt: off
RELEASES: Final = (
    #      version   Python  SQLAlchemy pandas numpy pyarrow installable
    MLflow("1.29.0", "3.7",  "2",       "2",   "2",  None,   True,  _PIP),
    MLflow("1.30.1", "3.7",  "2",       "2",   "2",  None,   True,  _PIP),
    MLflow("2.0.1",  "3.8",  "2",       "2",   "2",  "11",   True,  _PIP),
    MLflow("2.1.1",  "3.8",  "2",       "2",   "2",  "11",   True,  _PIP),
    MLflow("2.2.2",  "3.8",  "2.1",     "3",   "2",  "12",   True,  _TRY),
    MLflow("2.3.2",  "3.8",  "2.1",     "3",   "2",  "12",   True,  _TRY),
    MLflow("2.4.2",  "3.8",  "2.1",     "3",   "2",  "13",   True,  _TRY),
    MLflow("2.5.0",  "3.8",  "2.1",     "3",   "2",  "13",   True,  _TRY),
    MLflow("2.6.0",  "3.8",  "2.1",     "3",   "2",  "13",   True,  _TRY),
    MLflow("2.7.1",  "3.8",  "2.1",     "3",   "2",  "14",   True,  _TRY),
    MLflow("2.8.1",  "3.8",  "2.1",     "3",   "2",  "15",   True,  _TRY),
    MLflow("2.9.2",  "3.8",  "2.1",     "3",   "2",  "15",   True,  _TRY),
    MLflow("2.10.2", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.11.5", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.12.2", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.13.3", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.14.3", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.15.1", "3.8",  "2.1",     "3",   "2",  "16",   True,  _TRY),
    MLflow("2.16.2", "3.8",  "2.1",     "3",   "3",  "18",   True,  _TRY),
    MLflow("2.17.2", "3.8",  "2.1",     "3",   "3",  "18",   True,  _TRY),
    MLflow("2.18.0", "3.9",  "2.1",     "3",   "3",  "19",   True,  _TRY),
    MLflow("2.19.0", "3.9",  "2.1",     "3",   "3",  "19",   True,  _TRY),
    MLflow("2.20.4", "3.9",  "2.1",     "3",   "3",  "20",   True,  _TRY),
    MLflow("2.21.3", "3.9",  "2.1",     "3",   "3",  "20",   True,  _TRY),
    MLflow("2.22.5", "3.9",  "2.1",     "3",   "3",  "20",   True,  _TRY),
    MLflow("3.0.1",  "3.9",  "2.1",     "3",   "3",  "21",   True,  _TRY),
    MLflow("3.1.4",  "3.9",  "2.1",     "3",   "3",  "21",   True,  _TRY),
    MLflow("3.2.0",  "3.10", "2.1",     "3",   "3",  "22",   True,  _TRY),
    MLflow("3.3.2",  "3.10", "2.1",     "3",   "3",  "22",   True,  _TRY),
    MLflow("3.4.0",  "3.10", "2.1",     "3",   "3",  "22",   True,  _TRY),
    MLflow("3.5.1",  "3.10", "2.1",     "3",   "3",  "22",   True,  _TRY),
    MLflow("3.6.0",  "3.10", "2.1",     "3",   "3",  "23",   True,  _TRY),
    MLflow("3.7.0",  "3.10", "2.1",     "3",   "3",  "23",   True,  _TRY),
    MLflow("3.8.1",  "3.10", "2.1",     "3",   "3",  "23",   True,  _TRY),
    MLflow("3.9.0",  "3.10", "3",       "3",   "3",  "23",   True,  _PIP),
    MLflow("3.10.1", "3.10", "3",       "3",   "3",  "24",   True,  _PIP),
    MLflow("3.11.1", "3.10", "3",       "3",   "3",  "24",   True,  _PIP),
    MLflow("3.12.0", "3.10", "3",       "3",   "3",  "24",   True,  _PIP),
    MLflow("3.13.0", "3.10", "3",       "3",   "3",  "25",   True,  _PIP),
    MLflow("3.14.0", "3.10", "3",       "3",   "3",  "25",   True,  _PIP),
    MLflow("3.15.2", "3.10", "3",       "3",   "3",  "26",   True,  _PIP),
    MLflow("3.16.1", "3.10", "3",       "4",   "3",  "26",   True,  _PIP),
    MLflow("3.17.2", "3.10", "3",       "4",   "3",  "26",   True,  _PIP),
    MLflow("3.18.0", "3.10", "3",       "4",   "3",  "27",   False, _PIP),
)
# fmt: on


def by_version(version: str) -> MLflow | None:
    """Finds the row of a version's minor: `3.17.1` and `3.17` find the row of 3.17."""
    wanted = versions.series(version)
    return next((row for row in RELEASES if versions.series(row.version) == wanted), None)


def newest_for(python: str) -> MLflow | None:
    """Finds the newest release that installs on a Python series, `3.9`."""
    fits = [row for row in RELEASES if row.installable and versions.at_least(python, row.python_min)]
    return fits[-1] if fits else None
