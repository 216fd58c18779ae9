"""Options of a database server that a stack may not set, however they are written."""

from __future__ import annotations

import pytest

from mlkc.catalog.server_options import foreign, owned


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("datadir", "datadir"),
        ("loose_datadir", "datadir"),
        ("datad", "datadir"),
        ("loose_skip_net", "skip_networking"),
        ("enable_skip_networking", "skip_networking"),
        ("maximum_port", "port"),
    ],
)
def test_an_owned_option_is_found_in_every_spelling(written: str, meant: str) -> None:
    row = owned(written)
    assert row is not None
    assert row.option == meant


@pytest.mark.parametrize(
    "option", ["log_bin", "max_connections", "skip_name_resolve", "report_port", "portable", "user_stat"]
)
def test_other_options_are_the_users(option: str) -> None:
    assert owned(option) is None


def test_what_one_engine_lacks_another_has() -> None:
    assert foreign("mariadb", "gtid_mode")
    assert foreign("mysql", "gtid_mode") is None
