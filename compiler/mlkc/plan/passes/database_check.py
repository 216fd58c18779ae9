"""Settings of the database that have no effect where it is, and drivers that can't do."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import drivers, mlflow
from mlkc.catalog.version import below
from mlkc.diag import fact_codes as codes
from mlkc.diag import output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.database import SQLITE, driver_of
from mlkc.spec.parsed import ParsedSpec
from mlkc.text.paths import SpecPath

# Settings of a server, which a file has not.
_ANY_SERVER: tuple[SpecPath, ...] = (
    ("database", "backup"),
    ("database", "driver"),
    ("database", "external"),
    ("database", "name"),
    ("database", "user"),
    ("networkPolicies", "database"),
    ("server", "update"),
    ("takeOver", "databaseSecret"),
)
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


def check_database(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses settings of a server where there is none, and drivers that can't do. A backup runs the image anyway."""
    if spec.stack.database.engine == SQLITE:
        yield from _check_file(spec)
        return
    yield from _check_driver(spec)
    elsewhere = {one.name: one.settings.database.external is not None for one in spec.environments}
    dumped = any(one.settings.database.backup for one in spec.environments)
    for setting in _OWN_SERVER[2 if dumped else 0 :]:
        places = {setting: all(elsewhere.values())}
        places |= {("environments", name, *setting): external for name, external in elsewhere.items()}
        for path, idle in places.items():
            if idle and spec.tree.written(path):
                yield codes.IDLE_SETTING.at(
                    InSpec(path, key=True),
                    f"`{'.'.join(map(str, setting))}` has no effect: the database's server is not the stack's",
                    help="delete it, or delete `database.external` to run a server in the cluster",
                )


def _check_file(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses settings of a server; a file has a volume only."""
    for setting in (*_ANY_SERVER, *_OWN_SERVER):
        if setting == ("database", "storage"):
            continue
        for path in (setting, *(("environments", one.name, *setting) for one in spec.environments)):
            if spec.tree.written(path):
                yield codes.IDLE_SETTING.at(
                    InSpec(path, key=True),
                    f"`{'.'.join(map(str, setting))}` has no effect: the metadata is in a file",
                    help="delete it, or write another `database.engine`",
                )
    for one in spec.environments:
        server = one.settings.server
        counted = "autoscale" if server.autoscale else "replicas"
        if server.autoscale or server.replicas > 1:
            own = ("environments", one.name, "server", counted)
            yield output_codes.LOCAL_STORE.at(
                InSpec(own if spec.tree.has(own) else ("server", counted), key=True),
                f"`{one.name}` has several pods of a server whose metadata is in a file, which one pod can write",
                help="run one pod, or write another `database.engine`",
            )


def _check_driver(spec: ParsedSpec) -> Iterator[Diagnostic]:
    database, place = spec.stack.database, ("database", "driver")
    driver = driver_of(database)
    place = place if spec.tree.written(place) else ("database", "engine")
    if driver is None:
        return
    if database.engine not in driver.engines:
        others = " or ".join(f"`{row.name}`" for row in drivers.for_engine(database.engine))
        yield codes.DRIVER_OF_ANOTHER_ENGINE.at(
            InSpec(place),
            f"`{driver.name}` does not speak to {database.engine}",
            help=f"leave it out, or write {others}",
        )
        return
    version = spec.stack.mlflow.version
    release = mlflow.by_version(version) if version else None
    bound = release.sqlalchemy_below if release else None
    if bound and not below(driver.sqlalchemy_min, bound):
        yield codes.DRIVER_TOO_NEW.at(
            InSpec(place),
            f"the SQLAlchemy of MLflow {version} does not know `{driver.name}`",
            notes=(f"it needs SQLAlchemy {driver.sqlalchemy_min}, and this MLflow one below {bound}",),
            help="write an `mlflow.version` from 2.2 on, or `database.engine: mysql`",
        )
