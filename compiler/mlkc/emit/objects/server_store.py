"""How the server's pod reaches MLflow's metadata: variables, volumes, and what a file asks of the Deployment."""

from __future__ import annotations

from typing import Any

from mlkc.emit.objects.common import Tree, authority, variable
from mlkc.emit.objects.database import storage_claim
from mlkc.emit.objects.life import strategy
from mlkc.emit.scope import Scope

COMPONENT = "server"
AUTHORITY_FOLDER = "/etc/database-ca"
AUTHORITY_FILE = f"{AUTHORITY_FOLDER}/ca.crt"


def environment(scope: Scope) -> list[Tree]:
    """What the programs of the image make the database's URI from."""
    database, server = scope.stack.database, scope.stack.server
    scheme = variable("DB_SCHEME", scope.at("server", "uriScheme", value=server.uri_scheme))
    if database.file is not None:
        return [scheme, variable("DB_FILE", scope.at("database", "file", value=database.file))]
    return [
        scheme,
        variable("DB_HOST", scope.at("database", "host", value=database.host)),
        variable("DB_PORT", scope.at("database", "port", value=str(database.port))),
        variable("DB_NAME", scope.at("database", "name", value=database.name)),
        variable("DB_USER", scope.at("database", "user", value=database.user)),
        scope.at("database", "password", value=variable("DB_PASSWORD", database.password)),
        *([variable("DB_CA", AUTHORITY_FILE)] if database.ca else []),
    ]


def users(scope: Scope, *, whole: bool) -> list[Tree]:
    """What MLflow's own users need, with their secrets if `whole`; nothing where there are none."""
    plan = scope.stack.server.auth
    if plan is None:
        return []
    from mlkc.emit.objects import auth  # noqa: PLC0415  few stacks have users

    return [*auth.environment(scope, plan), *(auth.secrets(scope, plan) if whole else ())]


def volumes(scope: Scope) -> list[Tree]:
    """The volumes that the pod needs for it."""
    return [*authority_volume(scope), *_file_volume(scope)]


def mounts(scope: Scope) -> list[Tree]:
    """Where a container has them."""
    return [*authority_mount(scope), *_file_mount(scope)]


def claim(scope: Scope) -> Tree | None:
    """The volume claim of a database that is a file; None where it is none."""
    storage = scope.stack.database.volume
    return storage_claim(scope, storage, COMPONENT, ("database", "storage")) if storage else None


def replacement(scope: Scope) -> Any:
    """A file has one server: the old pod ends before the new one starts."""
    if scope.stack.database.file is not None:
        return scope.at("database", "file", value={"type": "Recreate"})
    return strategy(scope, COMPONENT, scope.stack.server.update)


def _file_volume(scope: Scope) -> list[Tree]:
    storage = scope.stack.database.volume
    if storage is None:
        return []
    name = scope.at("database", "storage", "claim", value=storage.claim)
    return [{"name": "database", "persistentVolumeClaim": {"claimName": name}}]


def _file_mount(scope: Scope) -> list[Tree]:
    file = scope.stack.database.file
    if file is None:
        return []
    return [{"name": "database", "mountPath": scope.at("database", "file", value=file.rpartition("/")[0])}]


def authority_volume(scope: Scope) -> list[Tree]:
    """The volume of the certificates; none where the driver decides."""
    ca = scope.stack.database.ca
    if ca is None:
        return []
    return [{"name": "database-ca", "secret": scope.at("database", "external", "ca", value=authority(ca))}]


def authority_mount(scope: Scope) -> list[Tree]:
    """Where a container finds it."""
    if scope.stack.database.ca is None:
        return []
    return [{"name": "database-ca", "mountPath": AUTHORITY_FOLDER, "readOnly": True}]
