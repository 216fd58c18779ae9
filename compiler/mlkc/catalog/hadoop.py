"""Hadoop releases: where the tarball is served, its kinds, and the Java that it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from mlkc.catalog import hadoop_checksums
from mlkc.catalog.source import Source

if TYPE_CHECKING:
    from mlkc.catalog.hadoop_checksums import Variant

#: Holds every release.
ARCHIVE: Final = "https://archive.apache.org/dist"
#: Holds the current releases only, as mirrors do.
CURRENT: Final = "https://dlcdn.apache.org"


class Hadoop(Struct, frozen=True):
    """One Hadoop release.

    Attributes:
        version: three numbers, `3.4.3`.
        java: majors that the project supports at run time.
        java_client: majors that run the HDFS client, which is all that mlkc's images need.
        current: on the mirror network; every other release is on archive.apache.org only.
        variants: the tarballs that exist.
    """

    version: str
    java: tuple[int, ...]
    java_client: tuple[int, ...]
    current: bool
    variants: tuple[Variant, ...]
    source: Source
    doubts: tuple[str, ...] = ()

    def checksum(self, variant: Variant = "x86_64") -> str | None:
        """Gives the sha512 of the tarball, or None where none is known."""
        return hadoop_checksums.sha512(self.version, variant)

    def tarball(self, variant: Variant = "x86_64") -> str:
        """Names the tarball file."""
        return f"hadoop-{self.version}{'' if variant == 'x86_64' else '-' + variant}.tar.gz"

    def url(self, base: str = ARCHIVE, variant: Variant = "x86_64") -> str:
        """Gives the tarball's URL below `base`: the archive, or an Apache mirror for a current release."""
        return f"{base.rstrip('/')}/hadoop/common/hadoop-{self.version}/{self.tarball(variant)}"


_PAGE: Final = Source("read", "Hadoop Java Versions, the project's wiki; endoflife.date", "2026-11")
# Java 23 and later fail below 3.4.3 (HADOOP-19212: getSubject is not supported).
_RUN: Final = Source(
    "seen",
    "clients 3.3.1, 3.3.6, 3.4.1, 3.4.3 and 3.5.0 wrote and read HDFS on Java 11, 17, 21 and 25, as in the row; "
    "Java 8 and the servers: Hadoop Java Versions, the project's wiki",
    "2026-11",
)

_X86: Final[tuple[Variant, ...]] = ("x86_64",)
_ARM: Final[tuple[Variant, ...]] = ("x86_64", "aarch64")
_LEAN: Final[tuple[Variant, ...]] = ("x86_64", "aarch64", "lean")

# The mirror network could not be asked, so `current` is certain only for lines that have ended.
_KIND: Final = ("variants",)
_BOTH: Final = ("variants", "current")

# fmt: off
RELEASES: Final = (
    #      version   servers   HDFS client          mirrors tarballs source doubts
    Hadoop("2.7.7",  (7, 8),   (8,),                False,  _X86,    _PAGE),
    Hadoop("2.8.5",  (7, 8),   (8,),                False,  _X86,    _PAGE),
    Hadoop("2.9.2",  (7, 8),   (8,),                False,  _X86,    _PAGE),
    Hadoop("2.10.2", (7, 8),   (8,),                False,  _X86,    _PAGE, ("current",)),
    Hadoop("3.0.3",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.1.2",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.1.3",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.1.4",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.2.1",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.2.4",  (8,),     (8,),                False,  _X86,    _PAGE),
    Hadoop("3.3.0",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN),
    Hadoop("3.3.1",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.3.2",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.3.3",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.3.4",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.3.5",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.3.6",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _BOTH),
    Hadoop("3.4.0",  (8, 11),  (8, 11, 17, 21),     False,  _ARM,    _RUN,  _KIND),
    Hadoop("3.4.1",  (8, 11),  (8, 11, 17, 21),     False,  _LEAN,   _RUN,  _BOTH),
    Hadoop("3.4.2",  (8, 11),  (8, 11, 17, 21),     False,  _LEAN,   _RUN,  _BOTH),
    Hadoop("3.4.3",  (8, 11),  (8, 11, 17, 21, 25), True,   _ARM,    _RUN,  ("current",)),
    Hadoop("3.5.0",  (17,),    (17, 21, 25),        True,   _ARM,    _RUN,  ("current",)),
)
# fmt: on


def by_version(version: str) -> Hadoop | None:
    """Finds a release by its full version, `3.4.3`."""
    return next((row for row in RELEASES if row.version == version), None)


def newest(line: str, variant: Variant = "x86_64") -> Hadoop | None:
    """Finds the newest release of a line, `3.4`, whose tarball of `variant` has a known checksum."""
    found = [row for row in RELEASES if row.version.startswith(line + ".") and row.checksum(variant)]
    return found[-1] if found else None
