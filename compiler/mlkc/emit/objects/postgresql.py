"""What PostgreSQL's image does on its first start: it makes its superuser, and this script MLflow's own user."""

from __future__ import annotations

from typing import Final

from mlkc.emit.objects.common import Tree, metadata
from mlkc.emit.scope import Scope

# psql reads the variables by a shell of its own: in an argument every process of the machine could see the password.
# It quotes each of them itself, so any character is right. The server logs no statement of it, not even one that fails.
# An owner may do anything in the database, nothing outside.
_SCRIPT: Final = r"""#!/bin/sh
set -e
PGHOST= PGUSER="${POSTGRES_USER:-postgres}" \
psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet --dbname "$POSTGRES_DB" <<'SQL'
\set user `printf %s "$DB_USER"`
\set password `printf %s "$DB_PASSWORD"`
\set database `printf %s "$POSTGRES_DB"`
SET log_statement = none;
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;
CREATE ROLE :"user" LOGIN PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO :"user";
ALTER SCHEMA public OWNER TO :"user";
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
"""


def first_start(scope: Scope, name: str) -> Tree:
    """The script. Its object keeps its name whatever is in it: a server that has its data never reads it again."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(scope, scope.at("database", "init", value=name), "database"),
        "data": {"mlflow-user.sh": _SCRIPT},
    }
