"""`database.backup`: dumps of the database at fixed times."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import DnsLabel, HostName
from mlkc.spec.schedule import Schedule, TimeZone
from mlkc.spec.types import AbsolutePath, Bytes


class Backup(SpecModel):
    """A job that dumps the database, proves the dump, and keeps the newest of them."""

    schedule: Schedule = Field(
        default="30 2 * * *",
        description="When, as a line of cron: minute, hour, day, month, day of the week.",
    )
    time_zone: TimeZone = Field(default="Etc/UTC", description="Time zone of the schedule.")
    to: Literal["volume", "hdfs"] = Field(
        default="volume", description="A volume claim of the dumps' own, or a folder on HDFS."
    )
    keep: Annotated[int, Field(ge=1, le=1000)] = Field(default=7, description="How many dumps are kept.")
    size: Bytes = Field(
        default="20Gi", description="`volume`: size of the claim. `hdfs`: room for one dump on its way there."
    )
    class_name: HostName | None = Field(
        default=None,
        alias="class",
        description="`volume`: StorageClass; the cluster's default when it is left out.",
    )
    claim: DnsLabel | None = Field(
        default=None, description="`volume`: name of the claim; `<name>-backup` when it is left out."
    )
    path: AbsolutePath | None = Field(
        default=None, description="`hdfs`: the folder; `<hdfs.path>-backup` when it is left out."
    )
    deadline: Annotated[int, Field(ge=60, le=86400)] = Field(
        default=3600, description="Seconds after which a run that has not ended is stopped."
    )
