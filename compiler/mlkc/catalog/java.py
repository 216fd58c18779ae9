"""Java majors: which are long-term, how long they live, and where each keeps its virtual machine library."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog import hadoop
from mlkc.catalog.source import Source


class Java(Struct, frozen=True):
    """One Java major.

    Attributes:
        major: 8, 11, 17, …
        lts: a long-term release.
        supported_until: end of free updates by the Eclipse Temurin builds, ISO date.
        libjvm_dir: folder of libjvm.so below JAVA_HOME, for amd64; Java 9 dropped the architecture from it.
    """

    major: int
    lts: bool
    supported_until: str
    libjvm_dir: str
    source: Source
    doubts: tuple[str, ...] = ()


_EOL: Final = Source("read", "endoflife.date, eclipse-temurin; libjvm: arrow hdfs_internal.cc", "2026-11")

# fmt: off
MAJORS: Final = (
    #  major lts  until        libjvm below JAVA_HOME
    Java(8,  True, "2030-12-31", "jre/lib/amd64/server", _EOL),
    Java(11, True, "2027-10-31", "lib/server", _EOL),
    Java(17, True, "2027-10-31", "lib/server", _EOL),
    Java(21, True, "2029-12-31", "lib/server", _EOL),
    Java(25, True, "2031-09-30", "lib/server", _EOL),
)
# fmt: on


#: The first pyarrow that looks for libjvm.so below lib/server; older ones know only folders of an architecture.
#: Seen in the strings of libarrow: 0.15.1 lacks `/lib/server`, 0.17.1 has it; apache/arrow#5810 brought it, for 0.16.
PYARROW_WITH_LIB_SERVER: Final = "0.16"


def by_major(major: int) -> Java | None:
    """Finds a Java by its major."""
    return next((row for row in MAJORS if row.major == major), None)


def supported(hadoop_version: str) -> tuple[int, ...]:
    """Lists the Java majors that run this Hadoop's client; empty for a Hadoop that is not in the table."""
    row = hadoop.by_version(hadoop_version)
    return () if row is None else row.java_client
