"""Version globs for the Debian packages that an image may install: `curl=7.88.*`.

A linter wants every apt package pinned, and an exact version vanishes from the archive with the next
security update. A glob on the upstream version lasts as long as the release: Debian keeps the upstream
version, or for Java, MariaDB and the certificates the series, and only its own revision moves.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Package(Struct, frozen=True):
    """One package and the glob that pins it in each release; None where the release does not have it.

    Attributes:
        name: the binary package.
        stretch, buster, bullseye, bookworm, trixie: glob over the whole version, epoch included.
    """

    name: str
    stretch: str | None
    buster: str | None
    bullseye: str | None
    bookworm: str | None
    trixie: str | None
    source: Source
    doubts: tuple[str, ...] = ()

    def glob(self, codename: str) -> str | None:
        """Gives the glob for a release; None where the release lacks the package or is not known."""
        columns = {
            "stretch": self.stretch,
            "buster": self.buster,
            "bullseye": self.bullseye,
            "bookworm": self.bookworm,
            "trixie": self.trixie,
        }
        return columns.get(codename)


# Each glob from bullseye on was given to `apt-get -s install` against that suite, its updates and its security
# suite. The archived suites were out of reach: their versions are those that public Dockerfiles pin, and those in
# docker-library/repo-info's lists of what the old images hold.
_IT: Final = Source(
    "seen",
    "apt-get -s install NAME=GLOB from bullseye on; stretch and buster read: pins of public Dockerfiles, repo-info",
    "2026-11",
)
_STRETCH: Final = ("stretch",)
_BUSTER: Final = ("buster",)
_OLD: Final = (*_STRETCH, *_BUSTER)

# fmt: off
PACKAGES: Final = (
    #       name                          stretch    buster      bullseye    bookworm     trixie
    Package("bzip2",                      "1.0.*",   "1.0.*",    "1.0.*",    "1.0.*",     "1.0.*",    _IT),
    Package("ca-certificates",            "20*",     "20*",      "20*",      "20*",       "20*",      _IT),
    Package("curl",                       "7.52.*",  "7.64.*",   "7.74.*",   "7.88.*",    "8.14.*",   _IT),
    Package("default-libmysqlclient-dev", "1.0.*",   "1.0.*",    "1.0.*",    "1.1.*",     "1.1.*",    _IT),
    Package("g++",                        "4:6.3.*", "4:8.3.*",  "4:10.2.*", "4:12.2.*",  "4:14.2.*", _IT),
    Package("gcc",                        "4:6.3.*", "4:8.3.*",  "4:10.2.*", "4:12.2.*",  "4:14.2.*", _IT),
    Package("git",                        "1:2.11.*", "1:2.20.*", "1:2.30.*", "1:2.39.*", "1:2.47.*", _IT),
    Package("gnupg",                      "2.1.*",   "2.2.*",    "2.2.*",    "2.2.*",     "2.4.*",    _IT),
    Package("krb5-user",                  "1.15-*",  "1.17-*",   "1.18.*",   "1.20.*",    "1.21.*",   _IT),
    Package("less",                       "481-*",   "487-*",    "551-*",    "590-*",     "668-*",    _IT, _BUSTER),
    Package("libc6-dev",                  "2.24-*",  "2.28-*",   "2.31-*",   "2.36-*",    "2.41-*",   _IT),
    Package("libmariadb-dev",             "2.3.*",   "1:10.3.*", "1:10.5.*", "1:10.11.*", "1:11.8.*", _IT, _STRETCH),
    Package("libmariadb3",                None,      "1:10.3.*", "1:10.5.*", "1:10.11.*", "1:11.8.*", _IT),
    Package("libmariadbclient18",         "10.1.*",  None,       None,       None,        None,       _IT),
    Package("libpq-dev",                  "9.6.*",   "11.*",     "13.*",     "15.*",      "17.*",     _IT),
    Package("libpq5",                     "9.6.*",   "11.*",     "13.*",     "15.*",      "17.*",     _IT),
    Package("make",                       "4.1-*",   "4.2.*",    "4.3-*",    "4.3-*",     "4.4.*",    _IT),
    Package("netbase",                    "5.*",     "5.*",      "6.*",      "6.*",       "6.*",      _IT, _OLD),
    Package("nodejs",                     "4.8.*",   "10.*",     "12.*",     "18.*",      "20.*",     _IT, _BUSTER),
    Package("npm",                        None,      "5.8.*",    "7.5.*",    "9.2.*",     "9.2.*",    _IT, _OLD),
    Package("openjdk-8-jdk",              "8u*",     None,       None,       None,        None,       _IT),
    Package("openjdk-8-jre-headless",     "8u*",     None,       None,       None,        None,       _IT),
    Package("openjdk-11-jdk",             None,      "11.*",     "11.*",     None,        None,       _IT),
    Package("openjdk-11-jre-headless",    None,      "11.*",     "11.*",     None,        None,       _IT),
    Package("openjdk-17-jdk",             None,      None,       "17.*",     "17.*",      None,       _IT),
    Package("openjdk-17-jre-headless",    None,      None,       "17.*",     "17.*",      None,       _IT),
    Package("openjdk-21-jdk",             None,      None,       None,       None,        "21.*",     _IT),
    Package("openjdk-21-jre-headless",    None,      None,       None,       None,        "21.*",     _IT),
    Package("openjdk-25-jdk",             None,      None,       None,       None,        "25.*",     _IT),
    Package("openjdk-25-jre-headless",    None,      None,       None,       None,        "25.*",     _IT),
    Package("pkg-config",                 "0.29-*",  "0.29-*",   "0.29.*",   "1.8.*",     "1.8.*",    _IT, _BUSTER),
    Package("procps",                     "2:3.3.*", "2:3.3.*",  "2:3.3.*",  "2:4.0.*",   "2:4.0.*",  _IT),
    Package("python3",                    "3.5.*",   "3.7.*",    "3.9.*",    "3.11.*",    "3.13.*",   _IT),
    Package("python3-dev",                "3.5.*",   "3.7.*",    "3.9.*",    "3.11.*",    "3.13.*",   _IT),
    Package("tini",                       None,      "0.18.*",   "0.19.*",   "0.19.*",    "0.19.*",   _IT, _STRETCH),
    Package("tzdata",                     "20*",     "20*",      "20*",      "20*",       "20*",      _IT, _OLD),
    Package("unzip",                      "6.0-*",   "6.0-*",    "6.0-*",    "6.0-*",     "6.0-*",    _IT),
    Package("wget",                       "1.18-*",  "1.20.*",   "1.21-*",   "1.21.*",    "1.25.*",   _IT, _BUSTER),
    Package("xz-utils",                   "5.2.*",   "5.2.*",    "5.2.*",    "5.4.*",     "5.8.*",    _IT),
)
# fmt: on

_BY_NAME: Final = {row.name: row for row in PACKAGES}


def by_name(name: str) -> Package | None:
    """Finds a package."""
    return _BY_NAME.get(name)


def pin(name: str, codename: str) -> str | None:
    """Writes the argument for `apt-get install`, `curl=7.88.*`; None where no glob is known."""
    row = _BY_NAME.get(name)
    glob = row.glob(codename) if row else None
    return f"{name}={glob}" if glob else None
