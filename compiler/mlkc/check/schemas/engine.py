"""jsonschema_rs, without the parser of e-mail dates, by which it only tells when it was built: 4 ms at every start."""

from __future__ import annotations

import sys
from types import ModuleType

from mlkc.text.spare import stand_in

_DATES = "email.utils"


def jsonschema_rs() -> ModuleType:
    """Imports the package; its `__build__` has no time."""
    dates = ModuleType(_DATES)
    vars(dates).update(parsedate_to_datetime=_no_time)
    with stand_in(_DATES, dates):
        import jsonschema_rs  # noqa: F401, PLC0415  a stage's own import
    return sys.modules["jsonschema_rs"]


def _no_time(text: str) -> None:  # noqa: ARG001  in the place of a function of the standard library
    return None
