from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import mlkc.diag
from mlkc.diag import codes
from mlkc.diag.code import Code


def test_the_table_misses_no_constant_and_has_none_twice() -> None:
    modules = [
        import_module(f"mlkc.diag.{module.name}") for module in pkgutil.iter_modules(mlkc.diag.__path__)
    ]
    constants = {value for module in modules for value in vars(module).values() if isinstance(value, Code)}
    assert len(codes.ALL) == len(set(codes.ALL))
    assert set(codes.ALL) == constants


def test_codes_and_names_are_unique_and_in_order() -> None:
    numbers = [code.code for code in codes.ALL]
    assert numbers == sorted(set(numbers))
    assert len({code.name for code in codes.ALL}) == len(codes.ALL)


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.code)
def test_the_form_of_a_row(code: Code) -> None:
    assert re.fullmatch(r"MK\d{3}", code.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert code.title[0].isupper()
    assert not code.title.endswith(".")
