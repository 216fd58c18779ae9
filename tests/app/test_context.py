"""The context of an environment's cluster: said, or of the environment's own name; never guessed."""

from __future__ import annotations

import pytest

from mlkc.app.context import bind

KNOWN = ("dev", "eu-prod", "arn:aws:eks:eu-west-1:1:cluster/a")


@pytest.mark.parametrize(
    ("names", "given", "bound"),
    [
        (("dev",), (), {"dev": "dev"}),
        (("dev", "prod"), ("prod=eu-prod",), {"prod": "eu-prod"}),
        (("dev", "prod"), ("prod=eu-prod", "dev=dev"), {"prod": "eu-prod", "dev": "dev"}),
        (("prod",), ("eu-prod",), {"prod": "eu-prod"}),
        (("prod",), (f"prod={KNOWN[2]}",), {"prod": KNOWN[2]}),
    ],
)
def test_bound(names: tuple[str, ...], given: tuple[str, ...], bound: dict[str, str]) -> None:
    assert bind(names, given, KNOWN) == (bound, ())


@pytest.mark.parametrize(
    ("names", "given", "said"),
    [
        (("dev", "prod"), (), "no context prod, and none is said"),
        (("dev", "prod"), ("eu-prod",), "not said which environment"),
        (("dev", "prod"), ("prd=eu-prod",), "no environment prd"),
        (("dev", "prod"), ("prod=eu-prd",), "no context eu-prd"),
        (("dev", "prod"), ("prod=",), "names no context"),
        (("prod",), ("nowhere",), "no context nowhere"),
    ],
)
def test_not_bound(names: tuple[str, ...], given: tuple[str, ...], said: str) -> None:
    (fault,) = bind(names, given, KNOWN)[1]
    assert (fault.code, fault.help is not None) == ("MK760", True)
    assert said in fault.message


def test_nothing_is_bound_without_a_kubeconfig() -> None:
    (fault,) = bind(("dev",), (), ())[1]
    assert "there is none" in fault.notes[0]
