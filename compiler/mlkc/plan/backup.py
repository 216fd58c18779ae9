"""The backup of a database, with nothing left to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from mlkc.plan.pods import ImageUse, StoragePlan


class BackupPlan(Struct, frozen=True):
    """The job that dumps the database, and the one, started by hand, that restores a dump.

    Attributes:
        object: name of the job; `restore_object` that of the other.
        schedule, time_zone: when.
        keep: how many dumps stay.
        size: the claim's size, or room for one dump on its way to HDFS.
        claim: the volume claim of the dumps; None for HDFS.
        path: folder on HDFS; None for a volume.
        deadline: seconds until a run is stopped.
        image: has the programs; `uid` is its user's number.
        dump, restore: the commands.
        end: words in the last lines of a whole dump.
        others: query that counts the other connections.
        reset: SQL that empties the database first; None where the dump does.
        password: name of the variable that the programs read the password from.
    """

    object: str
    restore_object: str
    schedule: str
    time_zone: str
    keep: int
    size: str
    claim: StoragePlan | None
    path: str | None
    deadline: int
    image: ImageUse
    uid: int
    dump: tuple[str, ...]
    restore: tuple[str, ...]
    end: str
    others: str
    reset: str | None
    password: str
