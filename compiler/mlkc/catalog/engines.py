"""How a database server of each engine is run in a container, whatever its version."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Engine(Struct, frozen=True):
    """One database engine.

    Attributes:
        name: as the spec names it.
        image: the official image.
        port: TCP port.
        root: the administrator that the image makes.
        run_dir: folder of the socket and the pid file; it must be writable.
        client: the command-line client in the image.
        options: server options that MLflow needs, without leading dashes.
        config: a file that the image reads, in a folder that it reads all files of; empty where they are
            arguments.
    """

    name: str
    image: str
    port: int
    root: str
    run_dir: str
    client: str
    options: tuple[str, ...]
    config: str
    source: Source
    doubts: tuple[str, ...] = ()


_RUN: Final = Source(
    "seen",
    "MLflow 3.17.2's migrations run against MySQL 9.7.4, MariaDB 10.11.19 and 11.8.9; config: read in the Dockerfiles",
    "2026-11",
)
# Both images read this folder after all else.
_CONFIG: Final = "/etc/mysql/conf.d/mlkc.cnf"
_PG: Final = Source(
    "seen",
    "MLflow 3.17.2 run against PostgreSQL 15.18 and 18.6 set up by docker-library/postgres' entry point",
    "2026-11",
)

ENGINES: Final = (
    # With the binary log on, an ordinary user may not create the trigger of migration 1bd49d398cd23 (error 1419).
    Engine(
        "mysql",
        "mysql",
        3306,
        "root",
        "/var/run/mysqld",
        "mysql",
        ("log-bin-trust-function-creators=1",),
        _CONFIG,
        _RUN,
    ),
    # The binary log is off unless it is asked for; the option then does nothing, and saves the day when it is on.
    Engine(
        "mariadb",
        "mariadb",
        3306,
        "root",
        "/run/mysqld",
        "mariadb",
        ("log-bin-trust-function-creators=1",),
        _CONFIG,
        _RUN,
    ),
    # The image's stop signal is SIGINT: at a SIGTERM the server would wait until every client has gone by itself.
    Engine("postgresql", "postgres", 5432, "postgres", "/var/run/postgresql", "psql", (), "", _PG),
)


def by_name(name: str) -> Engine | None:
    """Finds an engine by the name that the spec uses."""
    return next((row for row in ENGINES if row.name == name), None)


def image(engine: str) -> str:
    """Names the official image of an engine; an engine that the catalogue lacks is its own."""
    row = by_name(engine)
    return row.image if row else engine
