"""Debian releases: how long they live, where their packages are, which Java and Python they have."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from mlkc.catalog.source import Source

Support = Literal["full", "lts", "ended"]
SourcesFormat = Literal["list", "deb822"]


class Debian(Struct, frozen=True):
    """One Debian release.

    Attributes:
        number: the major version, 12.
        codename: the suite's name, `bookworm`.
        released: first release, ISO date.
        full_until: last day of full support, ISO date.
        lts_until: last day of the LTS team's security updates, ISO date.
        support: the state in the month of the row's source; nothing here reads a clock.
        archived: the release has left the default archive and is served by archive.debian.org only.
        main_url: base URL of the packages.
        security_url: base URL of the security updates.
        security_suite: the suite's name there; the form changed with bullseye.
        has_updates: `CODENAME-updates` exists at `main_url`.
        has_backports: `CODENAME-backports` exists at `main_url`.
        check_valid_until: False where the Release files have expired and apt must be told not to mind.
        components: the archive areas that exist; `main` is enough for everything that mlkc installs.
        sources_format: the file that official images come with: `/etc/apt/sources.list`, or
            `/etc/apt/sources.list.d/debian.sources` with main and security in the one file.
        apt_https: apt reads https without a package of its own; ca-certificates are needed all the same.
        jdks: majors N for which `openjdk-N-jre-headless` exists.
        python3: version of the python3 package.
        glibc: version of the C library, which decides the manylinux wheels that can be installed.
        mysql_dev: package that compiles mysqlclient.
        mysql_runtime: package with the shared library that a compiled mysqlclient loads.
        man_dirs_missing: slim images lack /usr/share/man/man1, without which a JDK does not install.
        tini: the package `tini` exists.
    """

    number: int
    codename: str
    released: str
    full_until: str
    lts_until: str
    support: Support
    archived: bool
    main_url: str
    security_url: str
    security_suite: str
    has_updates: bool
    has_backports: bool
    check_valid_until: bool
    components: tuple[str, ...]
    sources_format: SourcesFormat
    apt_https: bool
    jdks: tuple[int, ...]
    python3: str
    glibc: str
    mysql_dev: str
    mysql_runtime: str
    man_dirs_missing: bool
    tini: bool
    source: Source
    doubts: tuple[str, ...] = ()


_MAIN: Final = "https://deb.debian.org/debian"
_SECURITY: Final = "https://deb.debian.org/debian-security"
_OLD_MAIN: Final = "https://archive.debian.org/debian"
_OLD_SECURITY: Final = "https://archive.debian.org/debian-security"
_AREAS: Final = ("main", "contrib", "non-free")
_AREAS_12: Final = ("main", "contrib", "non-free", "non-free-firmware")

# The suites from bullseye on were asked with apt; the older ones are gone from the default archive, and
# archive.debian.org was out of reach, so what is on it comes from reading.
_APT: Final = Source(
    "seen", "apt-cache policy on the suite and its security suite; dates: endoflife.date", "2026-11"
)
_GONE: Final = Source(
    "read",
    "endoflife.date; public Dockerfiles that build on the release; 404 on the default archive seen with apt",
    "2026-11",
)
RELEASES: Final = (
    Debian(
        number=9,
        codename="stretch",
        released="2017-06-17",
        full_until="2020-07-18",
        lts_until="2022-07-01",
        support="ended",
        archived=True,
        main_url=_OLD_MAIN,
        security_url=_OLD_SECURITY,
        security_suite="stretch/updates",
        has_updates=False,
        has_backports=False,
        check_valid_until=False,
        components=_AREAS,
        sources_format="list",
        apt_https=False,
        jdks=(8,),
        python3="3.5",
        glibc="2.24",
        mysql_dev="default-libmysqlclient-dev",
        mysql_runtime="libmariadbclient18",
        man_dirs_missing=True,
        tini=False,
        source=_GONE,
        doubts=("has_updates", "tini"),
    ),
    Debian(
        number=10,
        codename="buster",
        released="2019-07-06",
        full_until="2022-09-10",
        lts_until="2024-06-30",
        support="ended",
        archived=True,
        main_url=_OLD_MAIN,
        security_url=_OLD_SECURITY,
        security_suite="buster/updates",
        has_updates=True,
        has_backports=False,
        check_valid_until=False,
        components=_AREAS,
        sources_format="list",
        apt_https=True,
        jdks=(11,),
        python3="3.7",
        glibc="2.28",
        mysql_dev="default-libmysqlclient-dev",
        mysql_runtime="libmariadb3",
        man_dirs_missing=True,
        tini=True,
        source=_GONE,
    ),
    Debian(
        number=11,
        codename="bullseye",
        released="2021-08-14",
        full_until="2024-08-14",
        lts_until="2026-08-31",
        support="ended",
        # Still on the default archive, its backports no longer: expect it to move.
        archived=False,
        main_url=_MAIN,
        security_url=_SECURITY,
        security_suite="bullseye-security",
        has_updates=True,
        has_backports=False,
        check_valid_until=True,
        components=_AREAS,
        sources_format="list",
        apt_https=True,
        jdks=(11, 17),
        python3="3.9",
        glibc="2.31",
        mysql_dev="default-libmysqlclient-dev",
        mysql_runtime="libmariadb3",
        man_dirs_missing=False,
        tini=True,
        source=_APT,
        doubts=("man_dirs_missing",),
    ),
    Debian(
        number=12,
        codename="bookworm",
        released="2023-06-10",
        full_until="2026-07-11",
        lts_until="2028-06-30",
        support="lts",
        archived=False,
        main_url=_MAIN,
        security_url=_SECURITY,
        security_suite="bookworm-security",
        has_updates=True,
        has_backports=True,
        check_valid_until=True,
        components=_AREAS_12,
        sources_format="deb822",
        apt_https=True,
        jdks=(17,),
        python3="3.11",
        glibc="2.36",
        mysql_dev="default-libmysqlclient-dev",
        mysql_runtime="libmariadb3",
        man_dirs_missing=False,
        tini=True,
        source=_APT,
        doubts=("man_dirs_missing",),
    ),
    Debian(
        number=13,
        codename="trixie",
        released="2025-08-09",
        full_until="2028-08-09",
        lts_until="2030-06-30",
        support="full",
        archived=False,
        main_url=_MAIN,
        security_url=_SECURITY,
        security_suite="trixie-security",
        has_updates=True,
        has_backports=True,
        check_valid_until=True,
        components=_AREAS_12,
        sources_format="deb822",
        apt_https=True,
        jdks=(21, 25),
        python3="3.13",
        glibc="2.41",
        mysql_dev="default-libmysqlclient-dev",
        mysql_runtime="libmariadb3",
        man_dirs_missing=False,
        tini=True,
        source=_APT,
        doubts=("man_dirs_missing",),
    ),
)


def by_codename(codename: str) -> Debian | None:
    """Finds a release by its suite name, `bookworm`."""
    return next((row for row in RELEASES if row.codename == codename), None)


def by_number(number: int) -> Debian | None:
    """Finds a release by its major version, 12."""
    return next((row for row in RELEASES if row.number == number), None)


def with_jdk(major: int) -> tuple[Debian, ...]:
    """Lists the releases whose archive has OpenJDK `major`, oldest first."""
    return tuple(row for row in RELEASES if major in row.jdks)


def jre_package(major: int) -> str:
    """Names the package with a Java runtime that has no desktop parts."""
    return f"openjdk-{major}-jre-headless"


def jdk_package(major: int) -> str:
    """Names the package with compiler and tools; of the same source package as the runtime, at the same version."""
    return f"openjdk-{major}-jdk"


def java_home(major: int, arch: str) -> str:
    """Says where Debian installs OpenJDK `major`; `arch` is dpkg's name, `amd64` or `arm64`."""
    return f"/usr/lib/jvm/java-{major}-openjdk-{arch}"
