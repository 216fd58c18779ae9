"""MySQL, MariaDB and PostgreSQL servers as their official images run them."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from mlkc.catalog import version as versions
from mlkc.catalog.source import Source

Engine = Literal["mysql", "mariadb", "postgresql"]
Role = Literal["root-password", "database", "user", "password", "root-host", "option"]


class Database(Struct, frozen=True):
    """One release series of a server.

    Attributes:
        engine: the server; `engines` has the name of its official image.
        series: `8.4`; of PostgreSQL one number, `18`.
        tag: newest patch release, a tag of the image.
        lts: a long-term series.
        until: end of updates that need no contract, ISO date.
        uid, gid: the user that the server runs as in the image.
        data_dir: where the image declares its volume.
        healthcheck: the image ships healthcheck.sh.
    """

    engine: Engine
    series: str
    tag: str
    lts: bool
    until: str
    uid: int
    gid: int
    data_dir: str
    healthcheck: bool
    source: Source
    doubts: tuple[str, ...] = ()


class Variable(Struct, frozen=True):
    """One environment variable that an image's entry point reads.

    On an empty data folder only, MARIADB_AUTO_UPGRADE excepted. The MariaDB image also reads the MYSQL_ name of
    each variable that MySQL's image has.

    Attributes:
        engine: the image.
        name: the variable.
        role: what it is for; of `root-password` at least one must be set.
        secret: it holds a password.
        file: the same name with `_FILE` reads the value from a file.
        about: one sentence for the docs and for help lines.
    """

    engine: Engine
    name: str
    role: Role
    secret: bool
    file: bool
    about: str
    source: Source
    doubts: tuple[str, ...] = ()


class RemovedFlag(Struct, frozen=True):
    """A server option that a series no longer knows: the server refuses to start with it.

    Attributes:
        engine: the server.
        flag: the option's name without dashes in front, words joined by `-`.
        removed_in: first series without it.
        replacement: what to write instead; None where nothing takes its place.
    """

    engine: Engine
    flag: str
    removed_in: str
    replacement: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_TAGS: Final = Source(
    "read", "docker-library/official-images 2026-08; endoflife.date; the images' Dockerfiles", "2026-11"
)
_OLD: Final = Source("read", "endoflife.date; docker-library/official-images history", "2026-11")
_DIR: Final = "/var/lib/mysql"
_PG: Final = "/var/lib/postgresql/data"
_PG18: Final = "/var/lib/postgresql"

# fmt: off
SERVERS: Final = (
    #        engine     series   newest      LTS    until         uid  gid  data  healthcheck.sh
    Database("mysql",   "5.7",   "5.7.44",   False, "2023-10-31", 999, 999, _DIR, False, _OLD),
    Database("mysql",   "8.0",   "8.0.46",   True,  "2026-04-30", 999, 999, _DIR, False, _OLD),
    Database("mysql",   "8.4",   "8.4.11",   True,  "2032-04-30", 999, 999, _DIR, False, _TAGS),
    Database("mysql",   "9.7",   "9.7.2",    True,  "2034-04-21", 999, 999, _DIR, False, _TAGS, ("until",)),
    Database("mariadb", "10.6",  "10.6.28",  True,  "2026-07-06", 999, 999, _DIR, True,  _TAGS),
    Database("mariadb", "10.11", "10.11.18", True,  "2028-02-16", 999, 999, _DIR, True,  _TAGS),
    Database("mariadb", "11.4",  "11.4.12",  True,  "2029-05-29", 999, 999, _DIR, True,  _TAGS),
    Database("mariadb", "11.8",  "11.8.8",   True,  "2028-06-04", 999, 999, _DIR, True,  _TAGS),
    Database("mariadb", "12.3",  "12.3.2",   True,  "2029-06-12", 999, 999, _DIR, True,  _TAGS),
    # Each series gets five years. From 18 on the image declares its volume one folder higher.
    Database("postgresql", "13", "13.23",    True,  "2025-11-13", 999, 999, _PG,  False, _OLD),
    Database("postgresql", "14", "14.24",    True,  "2026-11-12", 999, 999, _PG,  False, _TAGS),
    Database("postgresql", "15", "15.19",    True,  "2027-11-11", 999, 999, _PG,  False, _TAGS),
    Database("postgresql", "16", "16.15",    True,  "2028-11-09", 999, 999, _PG,  False, _TAGS),
    Database("postgresql", "17", "17.11",    True,  "2029-11-08", 999, 999, _PG,  False, _TAGS),
    Database("postgresql", "18", "18.6",     True,  "2030-11-14", 999, 999, _PG18, False, _TAGS),
)
# fmt: on

_MYSQL_SH: Final = Source("read", "docker-library/mysql, docker-entrypoint.sh", "2026-11")
_MARIA_SH: Final = Source("read", "MariaDB/mariadb-docker, docker-entrypoint.sh", "2026-11")
_PG_SH: Final = Source("read", "docker-library/postgres, docker-entrypoint.sh and Dockerfile", "2026-11")

VARIABLES: Final = (
    Variable("mysql", "MYSQL_ROOT_PASSWORD", "root-password", True, True, "Password of root.", _MYSQL_SH),
    Variable(
        "mysql",
        "MYSQL_ALLOW_EMPTY_PASSWORD",
        "root-password",
        False,
        False,
        "Any value lets root in without a password; beside a password it only misleads.",
        _MYSQL_SH,
    ),
    Variable(
        "mysql",
        "MYSQL_RANDOM_ROOT_PASSWORD",
        "root-password",
        False,
        False,
        "Any value makes a random password, prints it to the log and overrides MYSQL_ROOT_PASSWORD.",
        _MYSQL_SH,
    ),
    Variable("mysql", "MYSQL_DATABASE", "database", False, True, "Database to create.", _MYSQL_SH),
    Variable("mysql", "MYSQL_USER", "user", False, True, "User to create; `root` is an error.", _MYSQL_SH),
    Variable("mysql", "MYSQL_PASSWORD", "password", True, True, "Password of MYSQL_USER.", _MYSQL_SH),
    Variable(
        "mysql", "MYSQL_ROOT_HOST", "root-host", False, True, "Host that root may come from.", _MYSQL_SH
    ),
    Variable(
        "mysql",
        "MYSQL_ONETIME_PASSWORD",
        "option",
        False,
        False,
        "Any value makes root change the password at the first login.",
        _MYSQL_SH,
    ),
    Variable("mariadb", "MARIADB_ROOT_PASSWORD", "root-password", True, True, "Password of root.", _MARIA_SH),
    Variable(
        "mariadb",
        "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
        "root-password",
        False,
        False,
        "Any value lets root in without a password.",
        _MARIA_SH,
    ),
    Variable(
        "mariadb",
        "MARIADB_RANDOM_ROOT_PASSWORD",
        "root-password",
        False,
        False,
        "Any value makes a random password and prints it to the log.",
        _MARIA_SH,
    ),
    Variable(
        "mariadb",
        "MARIADB_ROOT_PASSWORD_HASH",
        "root-password",
        True,
        True,
        "Hash of root's password, in place of the password.",
        _MARIA_SH,
    ),
    Variable("mariadb", "MARIADB_DATABASE", "database", False, True, "Database to create.", _MARIA_SH),
    Variable("mariadb", "MARIADB_USER", "user", False, True, "User to create.", _MARIA_SH),
    Variable("mariadb", "MARIADB_PASSWORD", "password", True, True, "Password of MARIADB_USER.", _MARIA_SH),
    Variable(
        "mariadb", "MARIADB_ROOT_HOST", "root-host", False, True, "Host that root may come from.", _MARIA_SH
    ),
    Variable(
        "mariadb",
        "MARIADB_AUTO_UPGRADE",
        "option",
        False,
        False,
        "Any value runs mariadb-upgrade when the data folder is of an older version.",
        _MARIA_SH,
    ),
    Variable(
        "postgresql", "POSTGRES_PASSWORD", "root-password", True, True, "Password of the superuser.", _PG_SH
    ),
    Variable("postgresql", "POSTGRES_DB", "database", False, True, "Database to create.", _PG_SH),
    Variable(
        "postgresql", "POSTGRES_USER", "option", False, True, "The superuser; `postgres` if unset.", _PG_SH
    ),
    Variable("postgresql", "POSTGRES_INITDB_ARGS", "option", False, True, "Arguments for initdb.", _PG_SH),
    Variable(
        "postgresql",
        "POSTGRES_HOST_AUTH_METHOD",
        "option",
        False,
        False,
        "How connections over the network prove themselves; `trust` lets everybody in.",
        _PG_SH,
    ),
    Variable(
        "postgresql", "PGDATA", "option", False, False, "The data folder; it makes a missing one.", _PG_SH
    ),
)

_CHANGES: Final = Source("read", "MySQL Server Version Reference, Option and Variable Changes", "2026-11")

# fmt: off
REMOVED_FLAGS: Final = (
    #           engine   option without dashes                    gone   instead
    RemovedFlag("mysql", "innodb-file-format",                     "8.0", None, _CHANGES),
    RemovedFlag("mysql", "innodb-large-prefix",                    "8.0", None, _CHANGES, ("removed_in",)),
    RemovedFlag("mysql", "log-warnings",                           "8.0", "log-error-verbosity", _CHANGES),
    RemovedFlag("mysql", "query-cache-size",                       "8.0", None, _CHANGES),
    RemovedFlag("mysql", "query-cache-type",                       "8.0", None, _CHANGES),
    RemovedFlag("mysql", "tx-isolation",                           "8.0", "transaction-isolation", _CHANGES),
    RemovedFlag("mysql", "expire-logs-days",                       "8.2", "binlog-expire-logs-seconds", _CHANGES),
    RemovedFlag("mysql", "character-set-client-handshake",         "8.3", None, _CHANGES),
    RemovedFlag("mysql", "innodb",                                 "8.3", None, _CHANGES),
    RemovedFlag("mysql", "skip-character-set-client-handshake",    "8.3", None, _CHANGES, ("removed_in",)),
    RemovedFlag("mysql", "admin-ssl",                              "8.4", None, _CHANGES),
    RemovedFlag("mysql", "avoid-temporal-upgrade",                 "8.4", None, _CHANGES),
    RemovedFlag("mysql", "binlog-transaction-dependency-tracking", "8.4", None, _CHANGES),
    RemovedFlag("mysql", "default-authentication-plugin",          "8.4", "authentication-policy", _CHANGES),
    RemovedFlag("mysql", "mysql-native-password",                  "9.0", None, _CHANGES),
)
# fmt: on


def by_series(engine: str, series: str) -> Database | None:
    """Finds a server by engine and release series, `8.4`."""
    return next((row for row in SERVERS if (row.engine, row.series) == (engine, series)), None)


def by_version(engine: str, version: str) -> Database | None:
    """Finds a server by engine and version, `8.4.11` or `18.6`."""
    return by_series(engine, series_of(engine, version))


def newest(engine: str) -> Database:
    """Gives the newest series, whose image stands for those that the catalogue lacks."""
    return [row for row in SERVERS if row.engine == engine][-1]


def series_of(engine: str, version: str) -> str:
    """Cuts a version to its series: one number of PostgreSQL, two of the others."""
    return versions.series(version, 1 if engine == "postgresql" else 2)


def is_release(engine: str, version: str) -> bool:
    """Tells whether a version names one release, so that the image's tag does not move."""
    return version != series_of(engine, version) and version.count(".") >= (
        1 if engine == "postgresql" else 2
    )


def variables(engine: str, role: Role) -> tuple[Variable, ...]:
    """Lists the variables of an image that have a role."""
    return tuple(row for row in VARIABLES if (row.engine, row.role) == (engine, role))


def removed_flag(engine: str, flag: str, version: str) -> RemovedFlag | None:
    """Finds why a server version refuses an option; dashes in front and underscores do not matter."""
    wanted = flag.lstrip("-").replace("_", "-")
    for row in REMOVED_FLAGS:
        if (row.engine, row.flag) == (engine, wanted) and versions.at_least(version, row.removed_in):
            return row
    return None
