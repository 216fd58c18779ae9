r"""Plain scalars by the core schema of YAML 1.2.2, section 10.3.2.

Whatever that schema does not name is a string, so `yes`, `on`, `1_000`, `2024-01-31` and `12:30:45`
are strings here, although YAML 1.1 reads them as something else.
"""

from __future__ import annotations

import math
import re
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | None"

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")

# Enough for every integer of 64 bits in any of the notations, with room for leading zeros.
_LONGEST = 100


class NumberOutOfRangeError(ValueError):
    """The scalar is a number that neither JSON nor 64 bits can hold."""


def resolve(text: str) -> Plain:
    """Returns the value of a plain scalar.

    Raises:
        NumberOutOfRangeError: for an integer of more than 64 bits, a float beyond the largest double,
            an infinity or a NaN.
    """
    if text in _WORDS:
        return _WORDS[text]
    if not text or text[0] not in "+-.0123456789":
        return text
    if _NOT_FINITE.fullmatch(text):
        raise NumberOutOfRangeError(text)
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEX, 16)):
        if pattern.fullmatch(text):
            return _integer(text, base)
    if _FLOAT.fullmatch(text):
        return _float(text)
    return text


def has_leading_zero(text: str) -> bool:
    """Says whether `text` is an integer such as `0644`, which YAML 1.1 reads as octal and 1.2 does not."""
    return _LEADING_ZERO.fullmatch(text) is not None


def _integer(text: str, base: int) -> int:
    if len(text) > _LONGEST:
        raise NumberOutOfRangeError(text)
    value = int(text if base == 10 else text[2:], base)
    if not -(2**63) <= value < 2**64:
        raise NumberOutOfRangeError(text)
    return value


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise NumberOutOfRangeError(text)
    return value
