"""Database drivers for SQLAlchemy: the package, and the system packages that it needs to build and to run."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Driver(Struct, frozen=True):
    """One driver.

    Attributes:
        name: as the spec names it.
        scheme: the SQLAlchemy URL's scheme.
        engines: the databases that it speaks to: `mysql`, `mariadb`, `postgresql`.
        requirement: the package to install, with its extra.
        version: newest version in the package index.
        python_min: oldest Python series of that version.
        older: (Python series, newest version that installs there), for Pythons below `python_min`.
        wheel: Linux wheels exist; otherwise it is compiled in the image.
        build_packages: Debian packages that compiling needs, apart from the database's own headers.
        needs_mysql_library: compiling needs Debian's `mysql_dev` and running its `mysql_runtime`.
        tls_by_default: encrypts when the server can, without being told.
        extra_requirements: packages that it needs for a server's usual authentication.
        sqlalchemy_min: oldest SQLAlchemy that knows it.
    """

    name: str
    scheme: str
    engines: tuple[str, ...]
    requirement: str
    version: str
    python_min: str
    older: tuple[tuple[str, str], ...]
    wheel: bool
    build_packages: tuple[str, ...]
    needs_mysql_library: bool
    tls_by_default: bool
    extra_requirements: tuple[str, ...]
    source: Source
    doubts: tuple[str, ...] = ()
    sqlalchemy_min: str = "1.4"


_RUN: Final = Source("seen", "pip, and MLflow 3.17.2 run against MySQL 9.7.4 and MariaDB 10.11.19", "2026-11")
_PG: Final = Source(
    "seen",
    "pip, and MLflow 3.17.2 run against PostgreSQL 15.18; libpq's default sslmode is prefer",
    "2026-11",
)

DRIVERS: Final = (
    Driver(
        name="pymysql",
        scheme="mysql+pymysql",
        engines=("mysql", "mariadb"),
        requirement="pymysql",
        version="1.2.4",
        python_min="3.9",
        older=(("3.8", "1.1.2"), ("3.7", "1.1.1")),
        wheel=True,
        build_packages=(),
        needs_mysql_library=False,
        tls_by_default=True,
        # caching_sha2_password, MySQL's default, encrypts the password with the server's RSA key.
        extra_requirements=("cryptography",),
        source=_RUN,
    ),
    Driver(
        name="mysqlclient",
        scheme="mysql",
        engines=("mysql", "mariadb"),
        requirement="mysqlclient",
        version="2.3.1",
        python_min="3.10",
        older=(("3.9", "2.2.7"), ("3.8", "2.2.7"), ("3.7", "2.1.1")),
        wheel=False,
        build_packages=("gcc", "libc6-dev", "pkg-config"),
        needs_mysql_library=True,
        tls_by_default=False,
        extra_requirements=(),
        source=_RUN,
    ),
    Driver(
        name="psycopg",
        scheme="postgresql+psycopg",
        engines=("postgresql",),
        requirement="psycopg[binary]",
        version="3.3.9",
        python_min="3.10",
        older=(("3.9", "3.2.13"), ("3.8", "3.2.13"), ("3.7", "3.1.20")),
        wheel=True,
        build_packages=(),
        needs_mysql_library=False,
        tls_by_default=True,
        extra_requirements=(),
        source=_PG,
        sqlalchemy_min="2.0",
    ),
)


def by_name(name: str) -> Driver | None:
    """Finds a driver by the name that the spec uses."""
    return next((row for row in DRIVERS if row.name == name), None)


def require(name: str) -> Driver:
    """Finds a driver that the spec's types allow.

    Raises:
        LookupError: there is none; a bug, since the types know the table.
    """
    found = by_name(name)
    if found is None:
        raise LookupError(f"the catalogue has no driver {name}")
    return found


def by_scheme(scheme: str) -> Driver | None:
    """Finds a driver by the scheme of its URLs."""
    return next((row for row in DRIVERS if row.scheme == scheme), None)


def for_engine(engine: str) -> tuple[Driver, ...]:
    """Lists the drivers that speak to an engine, the recommended one first."""
    return tuple(row for row in DRIVERS if engine in row.engines)
