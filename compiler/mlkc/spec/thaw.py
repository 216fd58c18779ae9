"""The validator of the spec without pydantic: from the models as `mlkc.spec.frozen` has them.

Pydantic's import, the models' classes and their schema take 110 ms of a compile's 300. The schema is the same on every
machine, so it is written down when a model changes, and given straight to pydantic-core
(docs/adr/0011-frozen-models.md).
"""

from __future__ import annotations

import os
import sys
from binascii import crc32
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlkc.spec.stack import Stack

_CORE = "pydantic_core._pydantic_core"
# What has no part in the shape of a spec.
_NO_MODELS = {
    *("frozen.py", "freeze.py", "thaw.py"),
    *("errors.py", "fault.py", "fields.py", "overlay.py", "parsed.py", "reference.py"),
    *("secret_names.py", "validate.py"),
}


def fingerprints() -> dict[str, int]:
    """Returns the checksum of each file of this room, on which the frozen models may depend."""
    found = {}
    with os.scandir(os.path.dirname(__file__)) as entries:  # noqa: PTH120  half of what pathlib takes
        for entry in entries:
            if entry.name.endswith(".py") and entry.name not in _NO_MODELS:
                with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123
                    found[entry.name] = crc32(file.read())
    return found


@cache
def thawed() -> Callable[[Any], Stack] | None:
    """Returns a function that validates a spec, or raises what `Stack.model_validate` would.

    Returns None where the models were changed after they were frozen, or where pydantic-core is one that does not
    take them: the models themselves do it then.
    """
    from mlkc.spec.frozen import SCHEMA, SOURCES  # noqa: PLC0415  not before there is a spec to validate

    core = _core()
    if core is None or fingerprints() != SOURCES:
        return None
    try:
        validate: Callable[[Any], Stack] = core.SchemaValidator(SCHEMA).validate_python
    except core.SchemaError:
        return None
    return validate


def _core() -> ModuleType | None:
    """Imports the compiled half of pydantic-core alone.

    Its package imports the types of all schemas with it, 15 ms. Whoever imports the package later gets this module.
    """
    if _CORE in sys.modules:
        return sys.modules[_CORE]
    package = PathFinder.find_spec("pydantic_core")
    place = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec(_CORE, list(place)) if place else None
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    sys.modules[_CORE] = module
    spec.loader.exec_module(module)
    return module
