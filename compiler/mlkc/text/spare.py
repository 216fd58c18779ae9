"""Imports of libraries without what they import in their turn and mlkc has no use for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def stand_in(name: str, module: ModuleType | None) -> Iterator[None]:
    """While it lasts, `module` is what an import of `name` gives; with None there is no such module.

    Whoever imports `name` afterwards gets the true one. One that was imported before stays: there is nothing to spare.
    """
    if name in sys.modules:
        yield
        return
    modules: dict[str, Any] = sys.modules  # None is Python's own way to say that there is no such module
    modules[name] = module
    try:
        yield
    finally:
        del modules[name]
