"""What the locks in `locks/` are resolved from; `tools/relock.py` reads these rows and writes the files."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Recipe(Struct, frozen=True):
    """What one lock was resolved from.

    Attributes:
        python: the Python series that its pins are for, on Linux.
        mlflow: the MLflow version that its pins are for.
        spark: the pyspark that the other pins leave room for; it is not pinned itself, since it pins all that
            it needs.
        as_of: packages published after this day were not considered, ISO date; it makes a re-run repeatable.
        held: bounds that no package declares.
    """

    python: str
    mlflow: str
    spark: str
    as_of: str
    held: tuple[str, ...]
    source: Source
    doubts: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The lock in `locks/`."""
        return f"python-{self.python}-mlflow-{self.mlflow}.txt"


#: The packages that an image may ask for by name, beside MLflow itself.
ROOTS: Final = (
    "cryptography",
    "flask-wtf",
    "jupyterlab",
    "mysqlclient",
    "prometheus-flask-exporter",
    "psycopg[binary]",
    "pyarrow",
    "pymysql",
)

_UV: Final = Source("seen", "uv pip compile for each Python; installed with pip on 3.7 and 3.11", "2026-11")

# pyspark 3.5's pandas API fails on pandas 3 (DateOffset has moved) and on NumPy 2 (np.NaN is gone), and pyspark
# declares neither bound. NumPy 1 has no wheels from Python 3.13 on.
_OLD_PANDAS: Final = ("pandas<3",)
_OLD_NUMPY: Final = ("numpy<2", "pandas<3")
# SQLAlchemy 2.1 is newer than this MLflow.
_OLD_ALCHEMY: Final = (*_OLD_NUMPY, "sqlalchemy<2.1")
# Send2Trash 2.0.0 excludes Python 3.7 by `!=3.7.*`, which uv does not weigh and pip refuses.
_NOT_3_7: Final = ("send2trash<2",)

# fmt: off
RECIPES: Final = (
    #      Python  MLflow    Spark    as of         held
    Recipe("3.7",  "1.30.1", "3.4.4", "2026-11-23", _NOT_3_7,     _UV),
    Recipe("3.8",  "2.17.2", "3.5.8", "2026-11-23", _OLD_NUMPY,   _UV),
    Recipe("3.9",  "2.22.5", "3.5.8", "2026-11-23", _OLD_ALCHEMY, _UV),
    Recipe("3.9",  "3.1.4",  "3.5.8", "2026-11-23", _OLD_ALCHEMY, _UV),
    Recipe("3.10", "2.22.5", "3.5.8", "2026-11-23", _OLD_ALCHEMY, _UV),
    Recipe("3.10", "3.17.2", "3.5.8", "2026-11-23", _OLD_NUMPY,   _UV),
    Recipe("3.11", "2.22.5", "3.5.8", "2026-11-23", _OLD_ALCHEMY, _UV),
    Recipe("3.11", "3.17.2", "3.5.8", "2026-11-23", _OLD_NUMPY,   _UV),
    Recipe("3.12", "3.17.2", "3.5.8", "2026-11-23", _OLD_NUMPY,   _UV),
    Recipe("3.13", "3.17.2", "3.5.8", "2026-11-23", _OLD_PANDAS,  _UV),
    Recipe("3.14", "3.17.2", "3.5.8", "2026-11-23", _OLD_PANDAS,  _UV),
)
# fmt: on


def find(python: str, mlflow: str | None = None) -> Recipe | None:
    """Finds the recipe of a Python and an MLflow; without an MLflow, the newest that this Python has."""
    found = [row for row in RECIPES if row.python == python and mlflow in {None, row.mlflow}]
    return found[-1] if found else None
