"""Kerberos and Hadoop's client: how a process without a ticket cache logs in."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Setting(Struct, frozen=True):
    """One fact.

    Attributes:
        name: what it is.
        value: the variable, the port or the version.
    """

    name: str
    value: str
    source: Source
    doubts: tuple[str, ...] = ()


_JAR: Final = Source(
    "read",
    "class files of UserGroupInformation in hadoop-common 3.1.4, 3.2.4, 3.3.0, 3.3.6, 3.4.2",
    "2026-11",
)
_RFC: Final = Source("read", "RFC 4120, section 7.2", "2026-11")
_PYARROW: Final = Source(
    "read",
    "MLflow 3.17 hdfs_artifact_repo.py: a ticket cache and a user are passed on only if they are set",
    "2026-11",
)

KDC_PORT: Final = 88
#: The oldest Hadoop whose client was seen to read the variables.
OLDEST: Final = "3.1.4"

_RUN: Final = Source(
    "seen", "pyarrow with Hadoop 3.4.2's client against a KDC whose tickets last 90 s, for 150 s", "2026-11"
)

SETTINGS: Final = (
    Setting("variable with the principal", "KRB5PRINCIPAL", _RUN),
    Setting("variable with the keytab's path", "KRB5KEYTAB", _RUN),
    Setting("oldest Hadoop that reads them", OLDEST, _JAR),
    Setting("oldest Hadoop that renews such a login ahead of time", "3.3.0", _JAR),
    Setting(
        "variables of MLflow that stay unset", "MLFLOW_KERBEROS_TICKET_CACHE, MLFLOW_KERBEROS_USER", _PYARROW
    ),
    Setting("port of a key distribution centre, by UDP and TCP", str(KDC_PORT), _RFC),
)
