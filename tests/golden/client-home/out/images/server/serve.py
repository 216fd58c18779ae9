#!/usr/bin/env python3
"""Starts MLflow's server: mlflow-serve [OPTION OF `mlflow server`...].

The database's URI is made here from DB_SCHEME, DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD, and from DB_CA
if the server's certificate is to be checked: a file of authorities. SQLite's is made from DB_FILE, a path. A password
may hold any character, and Kubernetes can't encode it. The URI goes on in the environment: an argument could be read by
every process of the machine. Where none of them is set, as when the image is tried by hand, the options decide.

With AUTH_PERMISSION and AUTH_ADMIN it also writes the configuration of MLflow's app `basic-auth`, which takes none of
it from the environment: its tables have a schema of their own in PostgreSQL, and a file of their own beside SQLite's.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Mapping, NoReturn
from urllib.parse import quote, urlencode

NAMES = ("DB_SCHEME", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD")
AUTH_SCHEMA = "mlflow_auth"
# The one folder that a container with a read-only root can write to.
AUTH_FILE = "/tmp/mlflow-auth.ini"  # noqa: S108  the pod's own
COMMAND = ("with-hadoop", "mlflow", "server")
# MLflow runs uvicorn, which kills a worker that has not answered within five seconds. On a busy or a throttled
# processor a worker takes longer to start, and would be killed and started again for ever.
PATIENCE = ("UVICORN_TIMEOUT_WORKER_HEALTHCHECK", "60")


def database_uri(environment: Mapping[str, str]) -> str:
    """Builds SQLAlchemy's URI; what is not a plain character is percent-encoded."""
    file = environment.get("DB_FILE")
    if environment.get("DB_SCHEME") == "sqlite" and file:
        return f"sqlite:///{file}"
    missing = [name for name in NAMES if not environment.get(name)]
    if missing:
        fail(f"not set: {', '.join(missing)}")
    scheme, host, port, name, user, password = (environment[name] for name in NAMES)
    if not port.isdigit():
        fail(f"DB_PORT is no number: {port}")
    if ":" in host:
        host = f"[{host}]"
    if scheme.endswith("+pymysql"):
        password = as_latin1(password)
    authority = environment.get("DB_CA")
    query = f"?{urlencode(checked(scheme, authority))}" if authority else ""
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{host}:{port}/{quote(name, safe='')}{query}"


def auth_uri(uri: str) -> str:
    """Where the tables of MLflow's users are: beside the rest, and apart from it."""
    if uri.startswith("sqlite:"):
        return f"{uri}.auth"
    return f"{uri}{'&' if '?' in uri else '?'}options=-csearch_path%3D{AUTH_SCHEMA}"


def write_auth(environment: Mapping[str, str], uri: str, path: str) -> None:
    """Writes the app's configuration, for this user only; it holds the database's password."""
    values = {
        "default_permission": environment["AUTH_PERMISSION"],
        "database_uri": auth_uri(uri),
        "admin_username": environment["AUTH_ADMIN"],
        "authorization_function": "mlflow.server.auth:authenticate_request_basic_auth",
    }
    lines = [f"{name} = {value.replace('%', '%%')}\n" for name, value in values.items()]
    with contextlib.suppress(FileNotFoundError):
        Path(path).unlink()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("".join(["[mlflow]\n", *lines]))


def checked(scheme: str, authority: str) -> dict[str, str]:
    """What makes a driver check the server's certificate and the host name in it."""
    if scheme.startswith("postgresql"):
        return {"sslmode": "verify-full", "sslrootcert": authority}
    if scheme.endswith("+pymysql"):
        return {"ssl_ca": authority, "ssl_check_hostname": "true"}
    return {"ssl_ca": authority, "ssl_mode": "VERIFY_IDENTITY"}


def as_latin1(password: str) -> str:
    """Spells a password so that PyMySQL, which sends it in Latin-1, sends the bytes that it really has."""
    return password.encode("utf-8", "surrogateescape").decode("latin-1")


def fail(reason: str) -> NoReturn:
    """Says why nothing is started, in one line."""
    sys.exit(f"mlflow-serve: {reason}")


def main() -> NoReturn:
    """Becomes the server."""
    if any(name in os.environ for name in NAMES):
        uri = database_uri(os.environ)
        os.environ["MLFLOW_BACKEND_STORE_URI"] = uri
        if os.environ.get("AUTH_PERMISSION"):
            write_auth(os.environ, uri, AUTH_FILE)
            os.environ["MLFLOW_AUTH_CONFIG_PATH"] = AUTH_FILE
    os.environ.setdefault(*PATIENCE)
    try:
        os.execvp(COMMAND[0], [*COMMAND, *sys.argv[1:]])
    except OSError as error:
        fail(f"{COMMAND[0]} can't be run: {error.strerror}")


if __name__ == "__main__":
    main()
