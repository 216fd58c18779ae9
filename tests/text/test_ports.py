"""What is read as a port number."""

from __future__ import annotations

import pytest

from mlkc.text.ports import port_number


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("9600", 9600), ("65535", 65535), ("08020", 8020)])
def test_a_port_is_read(text: str, number: int) -> None:
    assert port_number(text) == number


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "²", "٣", "1.5", "kms", "9" * 5000])
def test_what_is_none_is_none(text: str) -> None:
    assert port_number(text) is None
