#!/usr/bin/env python3
"""Brings the database to the schema of the MLflow that is installed: mlflow-upgrade-database.

Reads DB_SCHEME, DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD and DB_CA, or DB_FILE, as mlflow-serve does. It waits
for the database, for ever or for DB_WAIT_SECONDS. Of several that are started together one does the work; the others
wait for its lock, and find nothing left to do. A migration that has begun is not broken off by SIGTERM: half a
migration mostly leaves a database that can't be used again. With AUTH_PERMISSION it makes and upgrades the tables of
MLflow's users, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, NoReturn

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

NAMES = ("DB_SCHEME", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")
RETRY_SECONDS = 2
AUTH_SCHEMA = "mlflow_auth"
# A program that waits says so at once, and then at growing intervals up to this one.
LONGEST_SILENCE_SECONDS = 300
# How long one question for the lock lasts; in between a signal is heard.
LOCK_SECONDS = 5
# The lock's connection is idle during a migration, which may take hours; a server's usual limit is eight.
IDLE_SECONDS = 30 * 24 * 3600
# PostgreSQL's locks are numbers of 64 bits: this one is "mlflow-u" in ASCII.
LOCK_NUMBER = int.from_bytes(b"mlflow-u", "big")

log = logging.getLogger("mlflow-upgrade-database")


class Waiting:
    """A state that lasts, logged seldom enough that days of it fill no disk."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self._silence = 1
        self._next = self.started

    def seconds(self) -> float:
        """How long it has lasted."""
        return time.monotonic() - self.started

    def say(self, text: str) -> None:
        """Logs `text` if it is time to."""
        if time.monotonic() >= self._next:
            log.info("%s", text)
            self._next = time.monotonic() + self._silence
            self._silence = min(self._silence * 2, LONGEST_SILENCE_SECONDS)


def fail(reason: str) -> NoReturn:
    """Says why nothing is upgraded, in one line."""
    sys.exit(f"mlflow-upgrade-database: {reason}")


def check(environment: Mapping[str, str]) -> None:
    """Ends the program unless every variable makes sense."""
    if environment.get("DB_SCHEME") == "sqlite" and environment.get("DB_FILE"):
        return
    missing = [name for name in NAMES if not environment.get(name)]
    if missing:
        fail(f"not set: {', '.join(missing)}")
    for name in ("DB_PORT", "DB_WAIT_SECONDS"):
        if not environment.get(name, "0").isdigit():
            fail(f"{name} is no number: {environment[name]}")
    if not environment["DB_SCHEME"].startswith(("mysql", "postgresql")):
        fail(f"DB_SCHEME is {environment['DB_SCHEME']}, whose lock it does not know")


def make_engine(environment: Mapping[str, str]) -> Engine:
    """Makes an engine as MLflow's server does, TLS settings included."""
    from mlflow.store.db.utils import create_sqlalchemy_engine
    from sqlalchemy.engine import URL

    if environment["DB_SCHEME"] == "sqlite":
        file_engine: Engine = create_sqlalchemy_engine(f"sqlite:///{environment['DB_FILE']}")
        return file_engine
    scheme, host, port, name, user, password = (environment[name] for name in NAMES)
    if scheme.endswith("+pymysql"):
        # PyMySQL sends a password in Latin-1; this makes it send the bytes that the password really has.
        password = password.encode("utf-8", "surrogateescape").decode("latin-1")
    url = URL.create(scheme, user, password, host, int(port), name, checked(scheme, environment.get("DB_CA")))
    engine: Engine = create_sqlalchemy_engine(url.render_as_string(hide_password=False))
    return engine


def checked(scheme: str, authority: str | None) -> dict[str, str]:
    """What makes a driver check the server's certificate by a file of authorities, and the host name in it."""
    if not authority:
        return {}
    if scheme.startswith("postgresql"):
        return {"sslmode": "verify-full", "sslrootcert": authority}
    if scheme.endswith("+pymysql"):
        return {"ssl_ca": authority, "ssl_check_hostname": "true"}
    return {"ssl_ca": authority, "ssl_mode": "VERIFY_IDENTITY"}


def connect(engine: Engine, limit: float | None) -> Connection:
    """Connects, however long the database takes to come up; `limit` is in seconds."""
    from sqlalchemy.exc import DBAPIError

    waiting = Waiting()
    while True:
        try:
            return engine.connect()
        except DBAPIError as error:
            reason: Any = error.orig
        if limit is not None and waiting.seconds() >= limit:
            fail(f"no database after {limit:.0f} s: {reason}")
        waiting.say(f"waiting for the database: {reason}")
        time.sleep(RETRY_SECONDS)


def locked(connection: Connection, environment: Mapping[str, str]) -> contextlib.AbstractContextManager[None]:
    """Holds the lock of this database, which lasts as long as the connection."""
    if environment["DB_SCHEME"].startswith("postgresql"):
        return locked_postgresql(connection)
    if environment["DB_SCHEME"] == "sqlite":
        return locked_file(environment["DB_FILE"])
    return locked_mysql(connection, environment["DB_NAME"])


@contextlib.contextmanager
def locked_postgresql(connection: Connection) -> Iterator[None]:
    """PostgreSQL's advisory lock, which belongs to the one database."""
    from sqlalchemy import text

    # Without it the idle connection would be inside a transaction, which holds up others that end idle ones.
    connection = connection.execution_options(isolation_level="AUTOCOMMIT")
    connection.execute(
        text(
            "SELECT set_config(name, '0', false) FROM pg_settings"
            " WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')"
        )
    )
    waiting = Waiting()
    while not connection.execute(text(f"SELECT pg_try_advisory_lock({LOCK_NUMBER})")).scalar():
        waiting.say("waiting for another upgrade of this database")
        time.sleep(RETRY_SECONDS)
    try:
        yield
    finally:
        connection.execute(text(f"SELECT pg_advisory_unlock({LOCK_NUMBER})"))


@contextlib.contextmanager
def locked_file(path: str) -> Iterator[None]:
    """A lock of the kernel's beside the file: SQLite's own last as long as one transaction."""
    import fcntl

    with Path(f"{path}.lock").open("w", encoding="utf-8") as file:
        waiting = Waiting()
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                waiting.say("waiting for another upgrade of this database")
            time.sleep(RETRY_SECONDS)
        yield


@contextlib.contextmanager
def locked_mysql(connection: Connection, database: str) -> Iterator[None]:
    """A named lock of MySQL and MariaDB."""
    from sqlalchemy import text

    # Lock names belong to the whole server, and have at most 64 characters.
    lock = {"name": "mlflow-upgrade-" + hashlib.sha256(database.encode()).hexdigest()[:32]}
    connection.execute(text(f"SET SESSION wait_timeout = {IDLE_SECONDS}"))
    query = text(f"SELECT GET_LOCK(:name, {LOCK_SECONDS})")
    waiting = Waiting()
    while connection.execute(query, lock).scalar() != 1:
        waiting.say("waiting for another upgrade of this database")
    try:
        yield
    finally:
        connection.execute(text("SELECT RELEASE_LOCK(:name)"), lock)


def upgrade(engine: Engine) -> None:
    """Does what `mlflow db upgrade` does, which would want the password among its arguments."""
    import sqlalchemy
    from mlflow.store.db import utils

    tables = sqlalchemy.inspect(engine).get_table_names()
    if all(name.startswith("alembic_") for name in tables):
        log.info("the database is empty: creating its tables")
        utils._initialize_tables(engine)
    else:
        log.info("bringing the schema up to date")
        utils._upgrade_db(engine)


def upgrade_users(environment: Mapping[str, str]) -> None:
    """Makes or upgrades the tables of MLflow's users, where mlflow-serve tells the server to look for them."""
    from mlflow.server.auth.db import utils
    from mlflow.store.db.utils import create_sqlalchemy_engine
    from sqlalchemy import text

    engine = make_engine(environment)
    url = engine.url.render_as_string(hide_password=False)
    if engine.url.drivername == "sqlite":
        url += ".auth"
    else:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {AUTH_SCHEMA}"))
        url += f"{'&' if '?' in url else '?'}options=-csearch_path%3D{AUTH_SCHEMA}"
    log.info("bringing the tables of users up to date")
    utils.migrate_if_needed(create_sqlalchemy_engine(url), "head")


def on_terminate(handler: Any) -> None:
    """Sets what SIGTERM does. The first process of a container gets no signal that it has no handler for."""
    signal.signal(signal.SIGTERM, handler)


def main() -> None:
    """Waits, takes the lock and upgrades."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    on_terminate(lambda number, _: sys.exit(128 + number))
    check(os.environ)
    limit = os.environ.get("DB_WAIT_SECONDS")
    connection = connect(make_engine(os.environ), float(limit) if limit else None)
    with connection, locked(connection, os.environ):
        on_terminate(lambda *_: log.info("asked to stop: it will, when the upgrade is done"))
        upgrade(make_engine(os.environ))
        if os.environ.get("AUTH_PERMISSION"):
            upgrade_users(os.environ)
    log.info("the schema is up to date")


if __name__ == "__main__":
    main()
