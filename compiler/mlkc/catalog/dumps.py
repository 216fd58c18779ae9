"""How the database of each engine is dumped and restored by the programs in its own image."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Dump(Struct, frozen=True):
    """The programs of one engine.

    `{host}`, `{port}`, `{user}`, `{name}` and `{ca}` stand for the database's and for the file of its authority.
    `{secure}` is the place of the options about certificates.

    Attributes:
        engine: the engine.
        dump: command that writes the database as SQL.
        restore: command that reads SQL; it prints what a query gives without anything around it.
        authority: options of both where the server's certificate is checked.
        without: options of both where it is not.
        end: words in the last lines of a whole dump.
        others: query that counts the other connections to the database.
        reset: SQL to empty the database before a dump is read; None where the dump does it itself.
        password: variable that both read the password from.
    """

    engine: str
    dump: tuple[str, ...]
    restore: tuple[str, ...]
    authority: tuple[str, ...]
    without: tuple[str, ...]
    end: str
    others: str
    reset: str | None
    password: str
    source: Source
    doubts: tuple[str, ...] = ()


_MARIADB: Final = Source(
    "seen",
    "MariaDB 10.11.19 and 11.8.9: dumped and restored by a user with ALL on its database alone; the certificate "
    "options are read",
    "2026-11",
)
_MYSQL: Final = Source(
    "seen",
    "MySQL 9.7.4, with TLS and without: dumped and restored by a user with ALL on its database alone; the certificate "
    "options are read in the manual of 8.4",
    "2026-11",
)

_POSTGRESQL: Final = Source(
    "seen",
    "PostgreSQL 15.18 and 18.6: dumped and restored by its database's owner alone; the certificate options are read",
    "2026-11",
)

_REACH: Final = ("--protocol=TCP", "--host={host}", "--port={port}", "--user={user}")
# A row of MLflow's may be larger than the program's usual 24 MiB; the program takes what it needs of it.
_ROWS: Final = "--max-allowed-packet=1G"
# One snapshot of all tables, without a lock that the server would wait for.
_WHOLE: Final = ("--single-transaction", "--no-tablespaces", "--default-character-set=utf8mb4", _ROWS)
_READ: Final = ("--batch", "--skip-column-names", "--default-character-set=utf8mb4", _ROWS)
_SELF: Final = ("--databases", "--add-drop-database", "{name}")
_OTHERS: Final = (
    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{name}' AND ID <> CONNECTION_ID()"
)
_PG_REACH: Final = ("--host={host}", "--port={port}", "--username={user}", "--dbname={name}", "{secure}")
_PG_READ: Final = ("--no-psqlrc", "--set=ON_ERROR_STOP=1", "--quiet", "--tuples-only", "--no-align")
# The owner of a database may not make one, but schemas in it. No dollar quotes: Kubernetes halves a double dollar.
_EMPTY_POSTGRESQL: Final = (
    "DO 'DECLARE one name; BEGIN FOR one IN SELECT nspname FROM pg_namespace WHERE left(nspname, 3) <> ''pg_'' "
    "AND nspname <> ''information_schema'' AND pg_has_role(nspowner, ''USAGE'') "
    "LOOP EXECUTE format(''DROP SCHEMA %I CASCADE'', one); END LOOP; END'; CREATE SCHEMA public;"
)
_END: Final = "-- Dump completed"

DUMPS: Final = (
    Dump(
        "mysql",
        # The position in the binary log and GTIDs are for replicas, and an ordinary user may not read them.
        (
            "mysqldump",
            "{secure}",
            *_REACH,
            *_WHOLE,
            "--set-gtid-purged=OFF",
            "--loose-column-statistics=0",
            *_SELF,
        ),
        ("mysql", "{secure}", *_REACH, *_READ),
        ("--ssl-mode=VERIFY_IDENTITY", "--ssl-ca={ca}"),
        # Without TLS the password is encrypted with the server's key, for which the client has to ask; 5.7 lacks it.
        ("--loose-get-server-public-key",),
        _END,
        _OTHERS,
        None,
        "MYSQL_PWD",
        _MYSQL,
    ),
    Dump(
        "mariadb",
        ("mariadb-dump", "{secure}", *_REACH, *_WHOLE, *_SELF),
        ("mariadb", "{secure}", *_REACH, *_READ),
        ("--ssl-ca={ca}", "--ssl-verify-server-cert"),
        # From 11.4 on the client refuses a server without TLS unless it is told not to.
        ("--skip-ssl-verify-server-cert",),
        _END,
        _OTHERS,
        None,
        "MYSQL_PWD",
        _MARIADB,
    ),
    Dump(
        "postgresql",
        ("pg_dump", *_PG_REACH, "--no-owner", "--no-privileges"),
        # All or nothing; a file called `-` is what comes in.
        ("psql", *_PG_REACH, *_PG_READ, "--single-transaction", "--file=-"),
        ("--dbname=dbname={name} sslmode=verify-full sslrootcert={ca}",),
        (),
        "-- PostgreSQL database dump complete",
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend' "
        "AND pid <> pg_backend_pid();",
        _EMPTY_POSTGRESQL,
        "PGPASSWORD",
        _POSTGRESQL,
    ),
)


def by_engine(engine: str) -> Dump | None:
    """Finds the programs of an engine."""
    return next((row for row in DUMPS if row.engine == engine), None)
