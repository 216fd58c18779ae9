"""CPython series, and the official images that carry them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Python(Struct, frozen=True):
    """One CPython series.

    Attributes:
        series: `3.11`.
        latest: newest patch release of the series.
        security_until: end of security fixes, ISO date.
        openssl_110: needs OpenSSL 1.1.1 or newer (PEP 644), so an `openssl=1.0.2` pin can't be solved.
    """

    series: str
    latest: str
    security_until: str
    openssl_110: bool
    source: Source
    doubts: tuple[str, ...] = ()


class PythonImage(Struct, frozen=True):
    """The official image of one series on one Debian: `python:3.11-slim-bookworm`.

    Attributes:
        series: the Python series, `3.11`.
        debian: the Debian codename.
        patch: the patch release that the image had when its row was last true.
        last_built: month of the last rebuild, `2023-06`; None while it is still rebuilt.
    """

    series: str
    debian: str
    patch: str
    last_built: str | None
    source: Source
    doubts: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The tag that names patch release and Debian, without compilers: `3.11.16-slim-bookworm`."""
        return f"{self.patch}-slim-{self.debian}"


_EOL: Final = Source("read", "endoflife.date, python, 2026-08; PEP 644", "2026-11")
_IMG: Final = Source(
    "read", "docker-library/official-images library/python and its history to 2026-08", "2026-11"
)

# fmt: off
SERIES: Final = (
    #      series  latest     until         1.1.1+
    Python("3.7",  "3.7.17",  "2023-06-27", False, _EOL),
    Python("3.8",  "3.8.20",  "2024-10-07", False, _EOL),
    Python("3.9",  "3.9.25",  "2025-10-31", False, _EOL),
    Python("3.10", "3.10.21", "2026-10-31", True,  _EOL),
    Python("3.11", "3.11.16", "2027-10-31", True,  _EOL),
    Python("3.12", "3.12.14", "2028-10-31", True,  _EOL),
    Python("3.13", "3.13.15", "2029-10-31", True,  _EOL),
    Python("3.14", "3.14.7",  "2030-10-31", True,  _EOL),
)

IMAGES: Final = (
    #           series  Debian      patch      rebuilt until
    PythonImage("3.7",  "stretch",  "3.7.11",  "2021-08", _IMG),
    PythonImage("3.7",  "buster",   "3.7.17",  "2023-06", _IMG),
    PythonImage("3.7",  "bullseye", "3.7.17",  "2023-09", _IMG),
    PythonImage("3.7",  "bookworm", "3.7.17",  "2023-09", _IMG),
    PythonImage("3.8",  "buster",   "3.8.17",  "2023-06", _IMG),
    PythonImage("3.8",  "bullseye", "3.8.20",  "2024-10", _IMG),
    PythonImage("3.8",  "bookworm", "3.8.20",  "2024-10", _IMG),
    PythonImage("3.9",  "buster",   "3.9.17",  "2023-06", _IMG),
    PythonImage("3.9",  "bullseye", "3.9.23",  "2025-08", _IMG),
    PythonImage("3.9",  "bookworm", "3.9.25",  "2025-10", _IMG),
    PythonImage("3.9",  "trixie",   "3.9.25",  "2025-10", _IMG),
    PythonImage("3.10", "buster",   "3.10.12", "2023-06", _IMG),
    PythonImage("3.10", "bullseye", "3.10.18", "2025-08", _IMG),
    PythonImage("3.10", "bookworm", "3.10.21", None,      _IMG),
    PythonImage("3.10", "trixie",   "3.10.21", None,      _IMG),
    PythonImage("3.11", "buster",   "3.11.4",  "2023-06", _IMG),
    PythonImage("3.11", "bullseye", "3.11.13", "2025-08", _IMG),
    PythonImage("3.11", "bookworm", "3.11.16", None,      _IMG),
    PythonImage("3.11", "trixie",   "3.11.16", None,      _IMG),
    PythonImage("3.12", "bullseye", "3.12.11", "2025-08", _IMG),
    PythonImage("3.12", "bookworm", "3.12.14", None,      _IMG),
    PythonImage("3.12", "trixie",   "3.12.14", None,      _IMG),
    PythonImage("3.13", "bullseye", "3.13.6",  "2025-08", _IMG),
    PythonImage("3.13", "bookworm", "3.13.15", None,      _IMG),
    PythonImage("3.13", "trixie",   "3.13.15", None,      _IMG),
    PythonImage("3.14", "bookworm", "3.14.7",  None,      _IMG),
    PythonImage("3.14", "trixie",   "3.14.7",  None,      _IMG),
)
# fmt: on


def by_series(series: str) -> Python | None:
    """Finds a Python by its series, `3.11`."""
    return next((row for row in SERIES if row.series == series), None)


def image(series: str, debian: str) -> PythonImage | None:
    """Finds the official image of a series on a Debian codename; None where none was ever built."""
    return next((row for row in IMAGES if (row.series, row.debian) == (series, debian)), None)


def debians(series: str) -> tuple[str, ...]:
    """Lists the Debian codenames that have an image of this series, oldest first."""
    return tuple(row.debian for row in IMAGES if row.series == series)
