#!/usr/bin/env python3
"""Brings MLflow's database to the schema of this MLflow: mlflow-upgrade-database.

Reads DB_SCHEME, DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, as mlflow-serve does. It waits for the
database, for ever or for DB_WAIT_SECONDS. Only one of several that are started together does the work: the others
wait for its lock, and find nothing left to do. A migration that was begun is never broken off by SIGTERM, since
half a migration mostly leaves a database that can't be used again.
"""

import contextlib
import hashlib
import logging
import os
import signal
import sys
import time

NAMES = ("DB_SCHEME", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")
RETRY_SECONDS = 2
# A waiting program says so at once, then at growing intervals up to this one.
LONGEST_SILENCE = 300
LOCK_SECONDS = 5
# The lock's connection is idle while a migration runs, which may take hours; the usual limit is eight.
IDLE_SECONDS = 30 * 24 * 3600

log = logging.getLogger("mlflow-upgrade-database")


class Talk:
    """Logs a state that lasts at growing intervals, so that waiting for days does not fill a disk."""

    def __init__(self):
        self.started = time.monotonic()
        self.silence = 1
        self.next = self.started

    def waited(self):
        return time.monotonic() - self.started

    def say(self, text):
        if time.monotonic() >= self.next:
            log.info("%s", text)
            self.next = time.monotonic() + self.silence
            self.silence = min(self.silence * 2, LONGEST_SILENCE)


def settings(environment):
    """Reads the variables."""
    missing = [name for name in NAMES if not environment.get(name)]
    if missing:
        sys.exit("mlflow-upgrade-database: not set: %s" % ", ".join(missing))
    for name in ("DB_PORT", "DB_WAIT_SECONDS"):
        if not environment.get(name, "0").isdigit():
            sys.exit("mlflow-upgrade-database: %s must be a number" % name)
    if not environment["DB_SCHEME"].startswith("mysql"):
        sys.exit("mlflow-upgrade-database: only MySQL and MariaDB have the lock that it needs")
    limit = environment.get("DB_WAIT_SECONDS")
    return {name: environment[name] for name in NAMES}, int(limit) if limit else None


def make_engine(values):
    """Makes an engine as MLflow's server does, with its TLS settings."""
    from mlflow.store.db.utils import create_sqlalchemy_engine
    from sqlalchemy.engine import URL

    url = URL.create(
        values["DB_SCHEME"],
        values["DB_USER"],
        values["DB_PASSWORD"],
        values["DB_HOST"],
        int(values["DB_PORT"]),
        values["DB_NAME"],
    )
    return create_sqlalchemy_engine(url.render_as_string(hide_password=False))


def connect(engine, limit):
    """Connects, however long the database takes to come up."""
    from sqlalchemy.exc import DBAPIError

    talk = Talk()
    while True:
        try:
            return engine.connect()
        except DBAPIError as error:
            reason = error.orig
        if limit is not None and talk.waited() >= limit:
            sys.exit("mlflow-upgrade-database: no database after %d s: %s" % (limit, reason))
        talk.say("waiting for the database: %s" % reason)
        time.sleep(RETRY_SECONDS)


@contextlib.contextmanager
def locked(connection, database):
    """Holds the server's lock for this database on a connection of its own."""
    from sqlalchemy import text

    # Lock names are the server's, not the database's, and have at most 64 characters.
    name = "mlflow-upgrade-" + hashlib.sha256(database.encode()).hexdigest()[:32]
    connection.execute(text("SET SESSION wait_timeout = %d" % IDLE_SECONDS))
    talk = Talk()
    query = text("SELECT GET_LOCK(:name, :seconds)")
    while connection.execute(query, {"name": name, "seconds": LOCK_SECONDS}).scalar() != 1:
        talk.say("waiting for another upgrade of this database")
    try:
        yield
    finally:
        # Closing the connection would release it too.
        connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})


def upgrade(engine):
    """Does what `mlflow db upgrade` does, which would want the password in its arguments."""
    import sqlalchemy
    from mlflow.store.db import utils

    tables = sqlalchemy.inspect(engine).get_table_names()
    if all(name.startswith("alembic_") for name in tables):
        log.info("the database is empty: creating the tables")
        utils._initialize_tables(engine)
    else:
        log.info("bringing the schema up to date")
        utils._upgrade_db(engine)


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # The first process of a container gets no SIGTERM that it has no handler for.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    values, limit = settings(os.environ)
    engine = make_engine(values)
    with connect(make_engine(values), limit) as connection, locked(connection, values["DB_NAME"]):
        signal.signal(signal.SIGTERM, lambda number, frame: log.info("SIGTERM: finishing the upgrade first"))
        upgrade(engine)
    log.info("the schema is up to date")


if __name__ == "__main__":
    main()
