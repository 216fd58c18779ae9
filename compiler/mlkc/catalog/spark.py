"""Spark series: the Java and Python that each runs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mlkc.catalog.source import Source


@dataclass(frozen=True, slots=True)
class Spark:
    """One Spark series.

    Attributes:
        series: `3.5`.
        latest: newest release of pyspark in the package index.
        java: supported Java majors.
        python_min: oldest Python series.
        python_max: newest Python series that works; None where no limit is known.
    """

    series: str
    latest: str
    java: tuple[int, ...]
    python_min: str
    python_max: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_DOCS: Final = Source("read", "Spark's documentation of each series, Downloading", "2026-11")

# fmt: off
SERIES: Final = (
    #     series latest   Java         Python
    Spark("2.4", "2.4.8", (8,),        "2.7", "3.7", _DOCS),
    Spark("3.0", "3.0.3", (8, 11),     "3.6", None,  _DOCS),
    Spark("3.1", "3.1.3", (8, 11),     "3.6", None,  _DOCS),
    Spark("3.2", "3.2.4", (8, 11),     "3.6", None,  _DOCS),
    Spark("3.3", "3.3.4", (8, 11, 17), "3.7", None,  _DOCS),
    Spark("3.4", "3.4.4", (8, 11, 17), "3.7", None,  _DOCS),
    Spark("3.5", "3.5.9", (8, 11, 17), "3.8", None,  _DOCS),
    Spark("4.0", "4.0.5", (17, 21),    "3.9", None,  _DOCS),
    Spark("4.1", "4.1.4", (17, 21),    "3.10", None, _DOCS),
    Spark("4.2", "4.2.1", (17, 21),    "3.10", None, _DOCS, ("java", "python_min")),
    Spark("4.3", "4.3.0", (17, 21),    "3.11", None, _DOCS, ("java",)),
)
# fmt: on


def by_version(version: str) -> Spark | None:
    """Finds the row of a version's series: `3.5.8` finds 3.5."""
    wanted = ".".join(version.split(".")[:2])
    return next((row for row in SERIES if row.series == wanted), None)
