#!/usr/bin/env python3
"""Starts MLflow's server: mlflow-serve [OPTION OF `mlflow server`...].

The database's URI is made here from DB_SCHEME, DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, because a
password may hold any character and Kubernetes can't encode it. It goes on in the environment: an argument could be
read by every process of the machine.
"""

import os
import sys
from urllib.parse import quote

NAMES = ("DB_SCHEME", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")


def database_uri(environment):
    """Builds SQLAlchemy's URI; what is not a plain character is percent-encoded."""
    missing = [name for name in NAMES if not environment.get(name)]
    if missing:
        sys.exit("mlflow-serve: not set: %s" % ", ".join(missing))
    if not environment["DB_PORT"].isdigit():
        sys.exit("mlflow-serve: DB_PORT must be a number")
    host = environment["DB_HOST"]
    return "%s://%s:%s@%s:%s/%s" % (
        environment["DB_SCHEME"],
        quote(environment["DB_USER"], safe=""),
        quote(environment["DB_PASSWORD"], safe=""),
        "[%s]" % host if ":" in host else host,
        environment["DB_PORT"],
        quote(environment["DB_NAME"], safe=""),
    )


def main():
    os.environ["MLFLOW_BACKEND_STORE_URI"] = database_uri(os.environ)
    command = ["with-hadoop", "mlflow", "server"]
    try:
        os.execvp(command[0], command + sys.argv[1:])
    except OSError as error:
        sys.exit("mlflow-serve: %s can't be run: %s" % (command[0], error.strerror))


if __name__ == "__main__":
    main()
