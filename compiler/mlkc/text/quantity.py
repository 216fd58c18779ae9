"""Kubernetes quantities: `500m`, `2Gi`, `1.5`.

Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from __future__ import annotations

import re
from decimal import Decimal

_SUFFIX: dict[str, Decimal] = {
    "m": Decimal("0.001"),
    "": Decimal(1),
    "k": Decimal(1000),
    "M": Decimal(1000) ** 2,
    "G": Decimal(1000) ** 3,
    "T": Decimal(1000) ** 4,
    "P": Decimal(1000) ** 5,
    "E": Decimal(1000) ** 6,
    "Ki": Decimal(1024),
    "Mi": Decimal(1024) ** 2,
    "Gi": Decimal(1024) ** 3,
    "Ti": Decimal(1024) ** 4,
    "Pi": Decimal(1024) ** 5,
    "Ei": Decimal(1024) ** 6,
}
# Kubernetes keeps 64 bits of it.
_QUANTITY = re.compile(r"([0-9]{1,19}(?:\.[0-9]{1,9})?)(m|k|Ki|[MGTPE]i?|)")
_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)\s*")


def parse(text: str) -> Decimal | None:
    """Returns the value in the base unit (cores, or bytes), or None when `text` is no quantity."""
    match = _QUANTITY.fullmatch(text)
    return Decimal(match[1]) * _SUFFIX[match[2]] if match else None


def nearest(text: str) -> str | None:
    """Guesses the quantity that a person meant by `20GiB`, `20 Gi`, `20gb` or `2K`; None if there is none."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    unit = match[2].removesuffix("b").removesuffix("B")
    for candidate in (unit, unit.capitalize(), unit.lower()):
        if candidate in _SUFFIX:
            return match[1] + candidate
    return None
