"""The metadata store: how it is reached, and how the official image of a server is told what to be."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.catalog import database as servers
from mlkc.catalog import defaults, drivers, engines
from mlkc.plan.database import DatabasePlan, DatabaseServerPlan
from mlkc.plan.passes.life import resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.pods import AuthorityPlan, ImageUse, StoragePlan
from mlkc.plan.secret import Secret
from mlkc.text.expansion import literal

if TYPE_CHECKING:
    from mlkc.spec.database import Database
    from mlkc.spec.take_over import TakeOver

DATABASE_SECRET = "db-secrets"  # noqa: S105  the name of a Secret object
ROOT_PASSWORD = "MYSQL_ROOT_PASSWORD"  # noqa: S105  a key of it
PASSWORD = "MYSQL_PASSWORD"  # noqa: S105  a key of it
# PostgreSQL's image has a variable for its superuser only; the other is what the server's pods have, too.
POSTGRES_PASSWORD = "POSTGRES_PASSWORD"  # noqa: S105  a key of it
DB_PASSWORD = "DB_PASSWORD"  # noqa: S105  a key of it

SQLITE = "sqlite"
# On a volume that holds nothing else: SQLite writes its journal beside it.
_FILE = "/var/lib/mlflow/mlflow.db"

_VERSIONS = {
    "mysql": defaults.MYSQL.value,
    "mariadb": defaults.MARIADB.value,
    "postgresql": defaults.POSTGRESQL.value,
}


def scheme_of(database: Database) -> str:
    """The dialect and driver of SQLAlchemy's URL."""
    driver = driver_of(database)
    return driver.scheme if driver else SQLITE


class _Access(Struct, frozen=True):
    """The user that MLflow is, the passwords, and the variables that make both users."""

    user: str
    root_password: Secret
    password: Secret
    environment: tuple[tuple[str, str | Secret], ...]


def driver_of(database: Database) -> drivers.Driver | None:
    """The driver that the spec names, or the one that suits its engine best; Python has SQLite's own."""
    if database.engine == SQLITE:
        return None
    return drivers.require(database.driver) if database.driver else drivers.for_engine(database.engine)[0]


def resolve_database(database: Database, name: str, running: TakeOver | None) -> DatabasePlan:
    """Computes how MLflow reaches its database, and the server's workload if the stack has one.

    Args:
        database: the section.
        name: name of the stack.
        running: the installation that is taken over.
    """
    if database.engine == SQLITE:
        return _file(database, name)
    secret = running.database_secret if running else DATABASE_SECRET
    engine = engines.by_name(database.engine)
    if engine is None:
        raise LookupError(f"the catalogue has no engine {database.engine}")
    access = _access(engine, database, secret)
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
        root_password=access.root_password if server else None,
        server=server,
        ca=AuthorityPlan(ca.secret, ca.key) if ca else None,
    )


def _file(database: Database, name: str) -> DatabasePlan:
    storage = database.storage
    return DatabasePlan(
        engine=database.engine,
        host="",
        port=0,
        name="",
        user="",
        password=None,
        server=None,
        file=_FILE,
        volume=StoragePlan(storage.claim or f"{name}-sqlite", storage.size, storage.class_name),
    )


def _server(
    database: Database, name: str, running: TakeOver | None, engine: engines.Engine, access: _Access
) -> DatabaseServerPlan:
    """The workload that runs the official image."""
    kept = running.database if running else None
    version = _version(database)
    server = _release(database)
    data_dir = f"{server.data_dir}/datadir"
    own = access.password is not access.root_password
    postgresql = engine.name == "postgresql"
    config = tuple(sorted((name, str(value)) for name, value in database.config.items()))
    object_ = (kept.name if kept else None) or f"{name}-db"
    return DatabaseServerPlan(
        object=object_,
        workload=kept.workload if kept else "StatefulSet",
        engine=engine.name,
        version=version,
        image=image_of(database),
        uid=server.uid,
        mount=server.data_dir,
        run_dir=engine.run_dir,
        data_dir=data_dir,
        args=_settings(config) if postgresql else _options(engine, data_dir),
        probe=(_psql if postgresql else _mysql)(engine.client, access, database.name),
        environment=(*access.environment, *(_initdb(data_dir) if postgresql else ())),
        storage=StoragePlan(
            database.storage.claim or f"{name}-{'postgresql' if postgresql else 'mysql'}",
            database.storage.size,
            database.storage.class_name,
        ),
        resources=resolve_resources(database.resources, Usual("250m", "1Gi", "2Gi")),
        pods=resolve_pods(database.pods),
        grace_period=database.grace_period,
        config=config,
        config_file=engine.config,
        init=f"{object_}-init" if postgresql and own else None,
    )


def image_of(database: Database) -> ImageUse:
    """The image with the engine's programs, whether or not the server is one of the stack's."""
    return _image(database, engines.image(database.engine), _version(database))


def uid_of_image(database: Database) -> int:
    """The number of its user."""
    return _release(database).uid


def _release(database: Database) -> servers.Database:
    return servers.by_version(database.engine, _version(database)) or servers.newest(database.engine)


def _version(database: Database) -> str:
    return database.version or _VERSIONS[database.engine]


def _image(database: Database, official: str, version: str) -> ImageUse:
    """The official image, or the one the spec names, split as Kustomize's `images` wants it."""
    if database.image is None:
        return ImageUse(official, official, version, None)
    repository, _, digest = database.image.partition("@")
    head, colon, tag = repository.rpartition(":")
    if not colon or "/" in tag:
        head, tag = repository, ""
    return ImageUse(official, head, tag or (None if digest else version), digest or None)


def _access(engine: engines.Engine, database: Database, secret: str) -> _Access:
    """Variables by their role; on an empty folder the image makes what they name."""

    def name(role: servers.Role) -> str:
        return servers.variables(engine.name, role)[0].name

    postgresql = engine.name == "postgresql"
    root_password = Secret(secret, POSTGRES_PASSWORD if postgresql else ROOT_PASSWORD)
    root = ((name("root-password"), root_password), (name("database"), database.name))
    if database.user == engine.root:
        return _Access(engine.root, root_password, root_password, root)
    password = Secret(secret, DB_PASSWORD if postgresql else PASSWORD)
    names = ("DB_USER", "DB_PASSWORD") if postgresql else (name("user"), name("password"))
    own = ((names[0], database.user), (names[1], password))
    return _Access(database.user, root_password, password, (*root, *own))


def _settings(config: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """PostgreSQL takes its variables as arguments, which come before what the files on the volume say."""
    given = ((name, literal(_amount(value))) for name, value in config)
    return tuple(part for name, value in given for part in ("-c", f"{name}={value}"))


def _amount(value: str) -> str:
    """Its units have a B at the end, which the spec leaves out for all engines: `512M` is `512MB`."""
    if value[-1:] in "KMGT" and value[:-1].isdigit():
        return f"{value[:-1]}{value[-1].replace('K', 'k')}B"
    return value


def _options(engine: engines.Engine, data_dir: str) -> tuple[str, ...]:
    return (f"--datadir={data_dir}", *(f"--{option}" for option in engine.options))


def _initdb(data_dir: str) -> tuple[tuple[str, str], ...]:
    """Where the data lies, in which encoding, and that nobody gets in without a password, from the pod neither.

    The driver gives bytes for texts where the locale of the image, and with it the encoding, is none.
    """
    return (
        ("POSTGRES_INITDB_ARGS", "--auth=scram-sha-256 --encoding=UTF8 --data-checksums"),
        ("PGDATA", data_dir),
    )


def _mysql(client: str, access: _Access, database: str) -> str:  # noqa: ARG001  the user has one database
    """A query over TCP: the server that initialises the data folder listens on its socket only.

    The client reads the password from a variable, so it stands in no argument. Where a setting ends TLS, MySQL's asks
    the server for the key that the password is encrypted with.
    """
    key = " --loose-get-server-public-key" if client == "mysql" else ""
    query = f"{client} --protocol=TCP --host=127.0.0.1{key} --user={quote(access.user)} --execute='SELECT 1'"
    return f'MYSQL_PWD="${_variable(access)}" {query}'


def _psql(client: str, access: _Access, database: str) -> str:
    """As MySQL's. `pg_isready` would be content with a server that lets nobody in."""
    names = f"--username={quote(access.user)} --dbname={quote(database)}"
    query = f"{client} --no-psqlrc --host=127.0.0.1 {names} --command='SELECT 1'"
    return f'PGPASSWORD="${_variable(access)}" {query}'


def _variable(access: _Access) -> str:
    return next(name for name, value in access.environment if value is access.password)
