"""The database server: how the official image is told what to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.catalog import database as servers
from mlkc.catalog import defaults, engines
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.life import resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.secret import Secret
from mlkc.plan.stack import AuthorityPlan, DatabasePlan, DatabaseServerPlan, ImageUse, StoragePlan
from mlkc.spec.parsed import ParsedSpec
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.database import Database
    from mlkc.spec.take_over import TakeOver

DATABASE_SECRET = "db-secrets"  # noqa: S105  the name of a Secret object
ROOT_PASSWORD = "MYSQL_ROOT_PASSWORD"  # noqa: S105  a key of it
PASSWORD = "MYSQL_PASSWORD"  # noqa: S105  a key of it
ROOT = "root"

_VERSIONS = {"mysql": defaults.MYSQL.value, "mariadb": defaults.MARIADB.value}


# Settings of a server in the cluster.
_OWN_SERVER: tuple[SpecPath, ...] = (
    ("database", "version"),
    ("database", "image"),
    ("database", "storage"),
    ("database", "resources"),
    ("database", "pods"),
    ("database", "gracePeriod"),
    ("database", "config"),
    ("takeOver", "database"),
)


class _Access(Struct, frozen=True):
    """The user that MLflow is, its password, and the variables that make both."""

    user: str
    password: Secret
    environment: tuple[tuple[str, str | Secret], ...]


def resolve_database(database: Database, name: str, running: TakeOver | None) -> DatabasePlan:
    """Computes how MLflow reaches its database, and the server's workload if the stack has one.

    Args:
        database: the section.
        name: name of the stack.
        running: the installation that is taken over.
    """
    secret = running.database_secret if running else DATABASE_SECRET
    engine = engines.by_name(database.engine)
    if engine is None:
        raise LookupError(f"the catalogue has no engine {database.engine}")
    access = _access(engine.name, database, secret)
    external = database.external
    server = None if external else _server(database, name, running, engine, access)
    ca = external.ca if external else None
    return DatabasePlan(
        engine=engine.name,
        host=server.object if server else external.host if external else "",
        port=(external.port if external else None) or engine.port,
        name=database.name,
        user=access.user,
        password=access.password,
        server=server,
        ca=AuthorityPlan(ca.secret, ca.key) if ca else None,
    )


def check_database(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses settings of a server where there is none."""
    elsewhere = {one.name: one.settings.database.external is not None for one in spec.environments}
    for setting in _OWN_SERVER:
        places = {setting: all(elsewhere.values())}
        places |= {("environments", name, *setting): external for name, external in elsewhere.items()}
        for path, idle in places.items():
            if idle and spec.tree.written(path):
                yield codes.IDLE_SETTING.at(
                    InSpec(path, key=True),
                    f"`{'.'.join(map(str, setting))}` has no effect: the database's server is not the stack's",
                    help="delete it, or delete `database.external` to run a server in the cluster",
                )


def _server(
    database: Database, name: str, running: TakeOver | None, engine: engines.Engine, access: _Access
) -> DatabaseServerPlan:
    """The workload that runs the official image."""
    kept = running.database if running else None
    version = database.version or _VERSIONS[engine.name]
    server = servers.by_series(engine.name, ".".join(version.split(".")[:2]))
    uid = server.uid if server else 999
    mount = server.data_dir if server else "/var/lib/mysql"
    data_dir = f"{mount}/datadir"
    return DatabaseServerPlan(
        object=(kept.name if kept else None) or f"{name}-db",
        workload=kept.workload if kept else "StatefulSet",
        engine=engine.name,
        version=version,
        image=_image(database, engine.name, version),
        uid=uid,
        mount=mount,
        run_dir=engine.run_dir,
        data_dir=data_dir,
        args=(f"--datadir={data_dir}", *(f"--{option}" for option in engine.options)),
        probe=_probe(engine.client, access),
        environment=access.environment,
        storage=StoragePlan(
            database.storage.claim or f"{name}-mysql", database.storage.size, database.storage.class_name
        ),
        resources=resolve_resources(database.resources, Usual("250m", "1Gi", "2Gi")),
        pods=resolve_pods(database.pods),
        grace_period=database.grace_period,
        config=tuple(sorted((name, str(value)) for name, value in database.config.items())),
        config_file=engine.config,
    )


def _image(database: Database, engine: str, version: str) -> ImageUse:
    """The official image, or the one the spec names, split as Kustomize's `images` wants it."""
    if database.image is None:
        return ImageUse(engine, engine, version, None)
    repository, _, digest = database.image.partition("@")
    head, colon, tag = repository.rpartition(":")
    if not colon or "/" in tag:
        head, tag = repository, ""
    return ImageUse(engine, head, tag or (None if digest else version), digest or None)


def _access(engine: str, database: Database, secret: str) -> _Access:
    """Variables by their role; the image makes the database and the user when it starts on an empty folder."""

    def name(role: servers.Role) -> str:
        return servers.variables(engine, role)[0].name

    root_password, password = Secret(secret, ROOT_PASSWORD), Secret(secret, PASSWORD)
    root = ((name("root-password"), root_password), (name("database"), database.name))
    if database.user == ROOT:
        return _Access(ROOT, root_password, root)
    return _Access(
        database.user, password, (*root, (name("user"), database.user), (name("password"), password))
    )


def _probe(client: str, access: _Access) -> str:
    """A query over TCP: the server that initialises the data folder listens on its socket only.

    The client reads the password from a variable, so it stands in no argument.
    """
    password = next(name for name, value in access.environment if value is access.password)
    query = f"{client} --protocol=TCP --host=127.0.0.1 --user={access.user} --execute='SELECT 1'"
    return f'MYSQL_PWD="${password}" {query}'
