"""Did you mean: the nearest of some names to a name that is not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Longer names are not typed by hand; the distance costs the product of the two lengths.
_LONGEST = 100


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """Returns the candidate that `name` was likely meant to be, or None.

    Upper and lower case count as equal, `-` and `_` don't count. One slip (a letter too many, missing
    or wrong, or two swapped) is allowed where the longer one has 3 to 5 characters, two up to 8, a
    third of its length beyond that. Of candidates at the same distance the first one wins.
    """
    if len(name) > _LONGEST:
        return None
    folded = _fold(name)
    best, best_distance = None, _LONGEST
    for candidate in candidates:
        other = _fold(candidate)
        allowed = min(_allowed(max(len(folded), len(other))), best_distance - 1)
        if abs(len(other) - len(folded)) > allowed or len(other) > _LONGEST:
            continue
        distance = _distance(folded, other)
        if distance <= allowed:
            best, best_distance = candidate, distance
    return best


def certain(name: str, candidates: Iterable[str]) -> str | None:
    """Returns the candidate that `name` can only have been meant to be, so that a program may write it; or None.

    Only one candidate is near, and by no more than one slip, or two in a name of 8 characters or more.
    """
    names = tuple(candidates)
    best = closest(name, names)
    if best is None or closest(name, (other for other in names if other != best)) is not None:
        return None
    return best if _distance(_fold(name), _fold(best)) <= (2 if len(name) >= 8 else 1) else None


def _fold(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _allowed(length: int) -> int:
    if length < 3:
        return 0
    return 1 if length <= 5 else max(2, length // 3)


def _distance(a: str, b: str) -> int:
    """Optimal string alignment: insertions, deletions, replacements and swaps of neighbours."""
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, previous = previous, row
    return previous[-1]
