"""Container images to build on or copy from, apart from Python's and the databases'."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Temurin(Struct, frozen=True):
    """A Java runtime image to copy Java from: `COPY --from=eclipse-temurin:… /opt/java/openjdk …`.

    Attributes:
        major: the Java major.
        tag: tag of the official image eclipse-temurin, exact build on a named Ubuntu.
        java_home: JAVA_HOME inside it.
    """

    major: int
    tag: str
    java_home: str
    source: Source
    doubts: tuple[str, ...] = ()

    @property
    def image(self) -> str:
        """The image reference."""
        return f"eclipse-temurin:{self.tag}"

    @property
    def jdk_image(self) -> str:
        """The image of the same build with compiler and tools; the official list has both for each build."""
        return f"eclipse-temurin:{self.tag.replace('-jre-', '-jdk-')}"


class Base(Struct, frozen=True):
    """An image to start from.

    Attributes:
        name: how the catalogue calls it.
        image: the reference, with an exact tag.
        debian: the Debian codename under it; None for Ubuntu.
        home: where its main program is installed.
        uid, gid: the user that it runs as.
    """

    name: str
    image: str
    debian: str | None
    home: str
    uid: int
    gid: int
    source: Source
    doubts: tuple[str, ...] = ()


_OFFICIAL: Final = Source(
    "read", "docker-library/official-images library/eclipse-temurin, 2026-08", "2026-11"
)
_HISTORY: Final = Source("read", "the image's Dockerfile and its history", "2026-11")

# fmt: off
TEMURIN: Final = (
    Temurin(8,  "8u502-b07-jre-noble",   "/opt/java/openjdk", _OFFICIAL),
    Temurin(11, "11.0.32_9-jre-noble",   "/opt/java/openjdk", _OFFICIAL),
    Temurin(17, "17.0.20_8-jre-noble",  "/opt/java/openjdk", _OFFICIAL),
    Temurin(21, "21.0.12_8-jre-noble",  "/opt/java/openjdk", _OFFICIAL),
    Temurin(25, "25.0.4_7-jre-noble",   "/opt/java/openjdk", _OFFICIAL),
)
# fmt: on

BASES: Final = (
    # The last tag of the old name; tags of older Minicondas stand in `miniconda`.
    Base(
        name="miniconda",
        image="continuumio/miniconda3:26.7.1-1",
        debian="trixie",
        home="/opt/conda",
        uid=0,
        gid=0,
        source=_HISTORY,
        doubts=("image", "debian"),
    ),
    Base(
        name="jupyter",
        image="quay.io/jupyter/minimal-notebook:python-3.11",
        debian=None,
        home="/opt/conda",
        uid=1000,
        gid=100,
        source=_HISTORY,
    ),
    Base(
        name="spark",
        image="spark:3.5.8-java17-python3",
        debian=None,
        home="/opt/spark",
        uid=185,
        gid=185,
        source=_HISTORY,
        doubts=("gid",),
    ),
)


def temurin(major: int) -> Temurin | None:
    """Finds the image to copy a Java major from."""
    return next((row for row in TEMURIN if row.major == major), None)


def base(name: str) -> Base | None:
    """Finds a base image by its name in the catalogue."""
    return next((row for row in BASES if row.name == name), None)
