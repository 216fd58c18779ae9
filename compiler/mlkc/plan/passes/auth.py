"""MLflow's own users: what they need, and where they can't be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.catalog.version import below
from mlkc.diag import fact_codes as codes
from mlkc.diag import output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.secret import Secret, SecretFile
from mlkc.plan.server import AuthPlan
from mlkc.plan.stack import StackPlan

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.server import Auth

SECRET = "auth-secrets"  # noqa: S105  the name of a Secret object
PASSWORD = Secret(SECRET, "MLFLOW_AUTH_ADMIN_PASSWORD")
KEY = Secret(SECRET, "MLFLOW_FLASK_SERVER_SECRET_KEY")
FILE = SecretFile(SECRET, "auth-secrets.env", (PASSWORD.key, KEY.key), "server")
# mlflow/server/auth/db/utils.py: databases before it have no version, and no upgrade can tell what they lack.
FIRST = "3.6.0"


def resolve_auth(auth: Auth) -> AuthPlan:
    """Copies the section, with the keys of the Secret that it needs."""
    return AuthPlan(auth.admin, auth.permission, PASSWORD, KEY)


def check_auth(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses users where their tables can't be.

    Args:
        environment: whose stack it is.
        stack: the stack, which has users.
        tree: the spec's file.
    """
    place = InSpec(written(tree, environment, "server", "auth"), key=True)
    engine = stack.database.engine
    if engine in ("mysql", "mariadb"):
        yield codes.AUTH_ON_MYSQL.at(
            place,
            f"MLflow's users can't be kept in {engine}",
            notes=("its migrations fail there with errno 121, or hang on a lock of a table's description",),
            help="write `database.engine: postgresql`, or `server.loginProxy`, which asks before the server",
        )
    if stack.server.metrics is not None:
        yield output_codes.METRICS_BEHIND_LOGIN.at(
            place,
            "Prometheus would have to log in to read the metrics of this server",
            help="leave `server.metrics` or `server.auth` out",
        )
    if below(stack.mlflow, FIRST):
        yield codes.OLD_AUTH.at(
            place,
            f"MLflow {stack.mlflow} keeps users without a version of their tables",
            help=f"write an `mlflow.version` from {FIRST} on",
        )
