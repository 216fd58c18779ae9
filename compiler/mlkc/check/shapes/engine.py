"""Cerberus, without what it has only to describe itself: 20 ms of every start for the number of its version.

Its errors can be printed too, by a module that takes another 10 ms; nobody prints them.
"""

from __future__ import annotations

import sys
from types import ModuleType

from mlkc.text.spare import stand_in

_METADATA = "importlib.metadata"
_PRINTER = "pprint"


def cerberus() -> ModuleType:
    """Imports the package; its `__version__` is "unknown"."""
    metadata = ModuleType(_METADATA)
    vars(metadata).update(version=_no_version, PackageNotFoundError=LookupError)
    printer = ModuleType(_PRINTER)
    vars(printer).update(pformat=repr)
    with stand_in(_METADATA, metadata), stand_in(_PRINTER, printer):
        import cerberus.schema  # noqa: F401, PLC0415  imported while kubectl runs
    return sys.modules["cerberus"]


def _no_version(package: str) -> str:
    raise LookupError(package)
