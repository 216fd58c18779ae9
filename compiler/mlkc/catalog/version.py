"""Versions of other people's software: dotted numbers, compared as numbers."""

from __future__ import annotations


def parse(version: str) -> tuple[int, ...]:
    """Reads a dotted version: `3.11` is (3, 11).

    Raises:
        ValueError: when a part is not a plain decimal number.
    """
    return tuple(int(part) for part in version.split("."))


def at_least(version: str, minimum: str) -> bool:
    """Tells whether `version` is `minimum` or newer; missing parts count as zero."""
    return _padded(version) >= _padded(minimum)


def below(version: str, bound: str) -> bool:
    """Tells whether `version` is older than `bound`; missing parts count as zero."""
    return _padded(version) < _padded(bound)


def series(version: str, parts: int = 2) -> str:
    """Cuts a version to its first `parts` parts: `3.11.16` is of the series `3.11`."""
    return ".".join(version.split(".")[:parts])


def _padded(version: str) -> tuple[int, ...]:
    numbers = parse(version)
    return numbers + (0,) * (4 - len(numbers))
