"""A share of a few pods is rounded as Kubernetes does, pkg/controller/deployment/util of which says `(25%, 25%, 3)`."""

from __future__ import annotations

import pytest

from mlkc.text import share


@pytest.mark.parametrize(
    ("value", "whole", "up", "down"),
    [(2, 5, 2, 2), ("25%", 3, 1, 0), ("25%", 8, 2, 2), ("0%", 9, 0, 0), ("100%", 7, 7, 7), ("1%", 1, 1, 0)],
)
def test_a_part_of_a_pod_is_one_or_none(value: int | str, whole: int, up: int, down: int) -> None:
    assert share.pods(value, whole, up=True) == up
    assert share.pods(value, whole, up=False) == down
