"""What `mlflow server` can do since which version, as far as a setting hangs on it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Feature(Struct, frozen=True):
    """One feature.

    Attributes:
        setting: the setting of the spec that asks for it.
        since: the first minor version that has it whole.
        before: what an older version does instead.
    """

    setting: str
    since: str
    before: str
    source: Source
    doubts: tuple[str, ...] = ()


_PREFIX: Final = Source(
    "seen",
    "mlflow/server/handlers.py of 17 releases from 1.30.1 to 3.17.2, by pip download; 3.17.2 run",
    "2026-11",
)

# /health moved below the prefix in 3.7 and the REST API in 3.12. Until 3.16 /health below a prefix was not exempt
# from the check of the Host header, which is why its probes carry one that is allowed.
STATIC_PREFIX: Final = Feature(
    "server.staticPrefix",
    "3.12",
    "serves its REST API at / all the same, where no path of an ingress leads",
    _PREFIX,
)

_OPEN: Final = Source(
    "seen", "mlflow/server/auth of 3.12.0, 3.13.0 and 3.14.0 to 3.17.2, by pip download", "2026-11"
)
OPEN_HEALTH: Final = Feature(
    "server.auth below server.staticPrefix",
    "3.13",
    "asks for a login at /health below a static prefix, so that no probe passes",
    _OPEN,
)

FEATURES: Final = (STATIC_PREFIX, OPEN_HEALTH)
