"""What a namespace may use, with nothing left to decide."""

from __future__ import annotations

from msgspec import Struct

from mlkc.text.paths import SpecPath

# Name in the object, quantity or number, and the setting that it is.
Amount = tuple[str, str, SpecPath]


class QuotaPlan(Struct, frozen=True):
    """A ResourceQuota: `hard` by the names that Kubernetes counts by."""

    object: str
    hard: tuple[Amount, ...]


class LimitsPlan(Struct, frozen=True):
    """A LimitRange for containers: `max`, `min`, `default` and `defaultRequest`, each with its amounts."""

    object: str
    bounds: tuple[tuple[str, tuple[Amount, ...]], ...]
