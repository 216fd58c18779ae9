"""Spark series: the Java and Python that each runs on."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Spark(Struct, frozen=True):
    """One Spark series.

    Attributes:
        series: `3.5`.
        latest: newest release of pyspark in the package index.
        java: supported Java majors.
        python_min: oldest Python series.
        python_max: newest Python series that works; None where no limit is known.
        pandas_below, numpy_below: exclusive caps that pyspark.pandas needs and the package does not declare.
    """

    series: str
    latest: str
    java: tuple[int, ...]
    python_min: str
    python_max: str | None
    pandas_below: str | None
    numpy_below: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_DOCS: Final = Source("read", "Spark's documentation of each series, Downloading", "2026-11")

_RUN: Final = Source(
    "seen", "pyspark 3.5.8 run on Java 17 with pandas 3.1.1 and 2.3.3, NumPy 2.4.6 and 1.26.4", "2026-11"
)

# fmt: off
SERIES: Final = (
    #     series latest   Java         Python from, to pandas  NumPy
    Spark("2.4", "2.4.8", (8,),        "2.7",  "3.7", None,   None, _DOCS),
    Spark("3.0", "3.0.3", (8, 11),     "3.6",  None,  None,   None, _DOCS),
    Spark("3.1", "3.1.3", (8, 11),     "3.6",  None,  None,   None, _DOCS),
    Spark("3.2", "3.2.4", (8, 11),     "3.6",  None,  None,   None, _DOCS),
    Spark("3.3", "3.3.4", (8, 11, 17), "3.7",  None,  None,   None, _DOCS),
    Spark("3.4", "3.4.4", (8, 11, 17), "3.7",  None,  None,   None, _DOCS),
    Spark("3.5", "3.5.9", (8, 11, 17), "3.8",  None,  "3",    "2",  _RUN),
    Spark("4.0", "4.0.5", (17, 21),    "3.9",  None,  None,   None, _DOCS),
    Spark("4.1", "4.1.4", (17, 21),    "3.10", None,  None,   None, _DOCS),
    Spark("4.2", "4.2.1", (17, 21),    "3.10", None,  None,   None, _DOCS, ("java", "python_min")),
    Spark("4.3", "4.3.0", (17, 21),    "3.11", None,  None,   None, _DOCS, ("java",)),
)
# fmt: on


def by_version(version: str) -> Spark | None:
    """Finds the row of a version's series: `3.5.8` finds 3.5."""
    wanted = ".".join(version.split(".")[:2])
    return next((row for row in SERIES if row.series == wanted), None)
