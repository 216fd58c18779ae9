"""The backup: which programs of which image dump the database, to where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mlkc.catalog import dumps
from mlkc.diag import codes, fact_codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.diag.suggest import closest
from mlkc.plan.backup import BackupPlan
from mlkc.plan.database import DatabasePlan, DatabaseServerPlan
from mlkc.plan.passes.mounts import below, mounted
from mlkc.plan.passes.written import written
from mlkc.plan.pods import ImageUse, StoragePlan
from mlkc.plan.stack import HdfsPlan, StackPlan
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.backup import Backup

# Where a pod finds the certificates of the database's authority.
AUTHORITY_FILE = "/etc/database-ca/ca.crt"
# The zone that needs no look at the catalogue.
_ZONE = "Etc/UTC"
# Settings of one place that the other has no use for.
_OF_PLACE = {"volume": ("path",), "hdfs": ("class", "claim")}


def resolve_backup(
    backup: Backup, database: DatabasePlan, image: ImageUse, uid: int, name: str, artifacts: str
) -> BackupPlan:
    """Resolves the section.

    Args:
        backup: the section.
        database: the database, without its backup.
        image: an image that has the engine's programs.
        uid: number of its user.
        name: name of the stack.
        artifacts: folder of the artifacts on HDFS.
    """
    programs = dumps.by_engine(database.engine)
    if programs is None:
        raise LookupError(f"the catalogue can't dump {database.engine}")
    volume = backup.to == "volume"
    claim = StoragePlan(backup.claim or f"{name}-backup", backup.size, backup.class_name)
    return BackupPlan(
        object=f"{name}-backup",
        restore_object=f"{name}-restore",
        schedule=backup.schedule,
        time_zone=backup.time_zone,
        keep=backup.keep,
        size=backup.size,
        claim=claim if volume else None,
        path=None if volume else backup.path or f"{artifacts}-backup",
        deadline=backup.deadline,
        image=image,
        uid=uid,
        dump=tuple(_filled(programs.dump, programs, database)),
        restore=tuple(_filled(programs.restore, programs, database)),
        end=programs.end,
        others="".join(_filled((programs.others,), programs, database)),
        reset=programs.reset,
        password=programs.password,
    )


def _filled(parts: Iterable[str], programs: dumps.Dump, database: DatabasePlan) -> Iterator[str]:
    """The parts of a command, with what the catalogue leaves open about the database."""
    own = {
        "{host}": database.host,
        "{port}": str(database.port),
        "{user}": database.user,
        "{name}": database.name,
        "{ca}": AUTHORITY_FILE,
    }
    secure = programs.authority if database.ca else programs.without
    for part in parts:
        for text in secure if part == "{secure}" else (part,):
            for key, value in own.items():
                text = text.replace(key, value)  # noqa: PLW2901
            yield text


def check_backup(
    environment: str, stack: StackPlan, base: DatabasePlan, tree: SourceTree
) -> Iterator[Diagnostic]:
    """Refuses a backup beside what it is for, and settings of the other place.

    Args:
        environment: whose stack it is.
        stack: the stack.
        base: the database that the base has.
        tree: the spec's file.
    """
    backup = stack.database.backup
    if backup is None:
        return

    def place(key: str) -> InSpec:
        return InSpec(written(tree, environment, "database", "backup", key), key=True)

    to = "volume" if backup.claim else "hdfs"
    for key in _OF_PLACE[to]:
        if tree.has(place(key).path):
            yield fact_codes.IDLE_SETTING.at(
                place(key),
                f"`database.backup.{key}` has no effect: the dumps go to {'a volume' if to == 'volume' else 'HDFS'}",
                help="delete it",
            )
    if backup.time_zone != _ZONE:
        yield from _zone(backup.time_zone, place("timeZone").path)
    if backup.path is not None:
        yield from _outside(backup.path, stack.hdfs, place("path" if tree.has(place("path").path) else "to"))
    if backup.claim is not None:
        yield from _claim(backup.claim, stack.database.server, base, place("claim"))


def _zone(zone: str, place: SpecPath) -> Iterator[Diagnostic]:
    from mlkc.catalog.time_zones import names  # noqa: PLC0415  few specs name one

    known = names()
    if zone not in known:
        guess = closest(zone, sorted(known))
        yield fact_codes.UNKNOWN_TIME_ZONE.at(
            InSpec(place),
            f"no time zone is called `{zone}`, as far as the catalogue knows",
            help=f"did you mean `{guess}`?" if guess else "write a name such as `Europe/Berlin`",
        )


def _outside(path: str, hdfs: HdfsPlan, place: InSpec) -> Iterator[Diagnostic]:
    """A view has the folders of its table and no others."""
    links = mounted(hdfs)
    if links and not any(below(path, link) for link in links):
        yield output_codes.PATH_OUTSIDE_MOUNTS.at(
            place,
            f"the backup's folder `{path}` is below no folder of `{dict(hdfs.core_site)['fs.defaultFS']}`",
            help=f"write a folder below {' or '.join(f'`{link}`' for link in links)} as `path`",
        )


def _claim(
    claim: StoragePlan, server: DatabaseServerPlan | None, base: DatabasePlan, place: InSpec
) -> Iterator[Diagnostic]:
    if server is not None and claim.claim == server.storage.claim:
        yield output_codes.BACKUP_BESIDE_DATA.at(
            place,
            f"the dumps would stand on `{claim.claim}`, the database's own volume",
            notes=("what takes the volume takes the database and its backup",),
            help="name another claim, or leave it out to get one",
        )
    shared = base.backup.claim if base.backup else None
    if shared is not None and shared.claim != claim.claim:
        yield codes.FIXED_FOR_ALL_ENVIRONMENTS.at(
            place,
            "`database.backup.claim` can't differ between environments",
            notes=("an overlay can change an object of the base, not rename it",),
            help="write it once, at the top of the spec",
        )
