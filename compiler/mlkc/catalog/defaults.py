"""What mlkc chooses when the spec does not say, each with the reason.

A change here changes the output of every spec that leaves the choice open: it is a change that users see.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Choice(Struct, frozen=True):
    """A default.

    Attributes:
        setting: what is chosen.
        value: the choice, a key of the table that `setting` names.
        reason: why this and nothing else; it stands in the docs.
    """

    setting: str
    value: str
    reason: str
    source: Source
    doubts: tuple[str, ...] = ()


_CHOSEN: Final = Source("seen", "this catalogue's tables; MLflow run with these versions", "2026-11")

DEBIAN: Final = Choice(
    "Debian",
    "bookworm",
    "LTS to June 2028, and the newest release with a Java (17) that Hadoop 3.4's client runs on.",
    _CHOSEN,
)
PYTHON: Final = Choice(
    "Python",
    "3.11",
    "Every part runs on it: MLflow 3.17 (3.10+), Spark 3.5 and pyarrow 26 (3.11+); it is bookworm's own.",
    _CHOSEN,
)
JAVA: Final = Choice(
    "Java",
    "17",
    "The one Java in bookworm; the Hadoop 3.4 client, libhdfs and Spark 3.5 all run on it.",
    _CHOSEN,
)
HADOOP: Final = Choice(
    "Hadoop",
    "3.4.3",
    "The newest of the 3.4 line, and its sha512 is known; 3.5 asks Java 17 of the whole cluster.",
    _CHOSEN,
)
MLFLOW: Final = Choice(
    "MLflow",
    "3.17.2",
    "The newest release whose parts are all in the package index: 3.18.0 lacks its mlflow-skinny.",
    _CHOSEN,
)
ENGINE: Final = Choice("database engine", "mysql", "What the hand-made stacks run.", _CHOSEN)
MYSQL: Final = Choice(
    "MySQL",
    "8.4.11",
    "The long-term series that 8.0 installations upgrade to in one step.",
    _CHOSEN,
)
MARIADB: Final = Choice("MariaDB", "11.8.8", "The long-term series that Debian 13 ships as well.", _CHOSEN)
POSTGRESQL: Final = Choice(
    "PostgreSQL", "18.6", "The newest series: updates to November 2030; each series gets five years.", _CHOSEN
)
DRIVER: Final = Choice(
    "database driver",
    "pymysql",
    "Pure Python: no compiler, no system library, and TLS whenever the server offers it.",
    _CHOSEN,
)
KUBERNETES: Final = Choice(
    "Kubernetes",
    "1.36",
    "Supported to June 2027, and one minor behind the newest: what compiles for it runs on both.",
    _CHOSEN,
)
SPARK: Final = Choice("Spark", "3.5.8", "The long-term series; Java 8, 11 and 17.", _CHOSEN)
MIRROR: Final = Choice(
    "mirror", "none", "The upstream hosts are right unless the spec says otherwise.", _CHOSEN
)

CHOICES: Final = (
    DEBIAN,
    PYTHON,
    JAVA,
    HADOOP,
    MLFLOW,
    ENGINE,
    MYSQL,
    MARIADB,
    POSTGRESQL,
    DRIVER,
    KUBERNETES,
    SPARK,
    MIRROR,
)
