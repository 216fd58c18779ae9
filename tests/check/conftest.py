"""The fixtures of the checks' tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tampering import SPEC, Stack, stack


@pytest.fixture
def a_stack() -> Callable[[str], Stack]:
    """Compiles a spec that goes on from the small one."""
    return lambda more: stack(SPEC + more)


@pytest.fixture(scope="session")
def good() -> Stack:
    return stack()
