"""What a kubelet makes of a text is the text."""

from __future__ import annotations

import itertools

import pytest

from mlkc.text.expansion import literal

VARIABLES = {"A": "secret"}


def expanded(text: str) -> str:
    """What the kubelet does, sign by sign."""
    found, at = "", 0
    while at < len(text):
        after = text[at + 1 : at + 2]
        if text[at] != "$" or not after:
            found, at = found + text[at], at + 1
        elif after == "$":
            found, at = found + "$", at + 2
        elif after == "(" and ")" in text[at:]:
            end = text.index(")", at)
            name = text[at + 2 : end]
            found, at = found + VARIABLES.get(name, f"$({name})"), end + 1
        else:
            found, at = found + "$" + after, at + 2
    return found


@pytest.mark.parametrize("length", range(1, 8))
def test_every_text_of_these_signs_comes_through(length: int) -> None:
    for signs in itertools.product("$(A)", repeat=length):
        text = "".join(signs)
        assert expanded(literal(text)) == text


def test_a_plain_text_stays_as_it_is() -> None:
    assert literal("cost: 5$ or ${A}") == "cost: 5$ or ${A}"
