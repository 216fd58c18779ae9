"""`mlkc explain`: nothing that a message can name is left unexplained."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import run
from mlkc.app.manual import code_text, explain, find_code, listing, nearest, settings
from mlkc.check.facts import facts
from mlkc.check.rules import ALL
from mlkc.diag import codes
from mlkc.diag.code import Code
from mlkc.diag.texts import texts


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.code)
def test_every_code_has_what_why_bad_and_good(code: Code) -> None:
    text = code_text(code)
    positions = [text.find(f"{heading}:") for heading in ("What", "Why", "Bad", "Good")]
    assert positions == sorted(positions)
    assert positions[0] == 0
    bad, good = text[positions[2] :].split("Good:")
    assert len(bad.split("```")[1]) > 6
    assert len(good.split("```")[1]) > 6
    assert bad.split("```")[1] != good.split("```")[1]


def test_the_table_has_no_text_of_a_rule_or_of_no_code() -> None:
    ruled = {rule.code.code for rule in (*ALL, *facts.ALL)}
    assert set(texts()) == {code.code for code in codes.ALL} - ruled


def test_the_list_has_every_code_once() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == [code.code for code in codes.ALL]


def test_a_code_is_found_by_number_in_any_case_and_by_name() -> None:
    assert find_code("mk101") is find_code("unknown-key") is codes.UNKNOWN_KEY


def test_every_setting_is_described() -> None:
    assert len(settings()) > 60
    for one in settings():
        text = explain(one.path)
        assert text
        assert one.about
        assert one.about in text


@pytest.mark.parametrize(
    "topic", ["hdfs.nodes[0].address", "hdfs.nodes.0.address", "environments.prod.hdfs.nodes[].address"]
)
def test_a_setting_is_found_as_people_write_it(topic: str) -> None:
    assert "IP address." in (explain(topic) or "")


def test_a_setting_says_type_default_and_where_it_may_differ() -> None:
    text = explain("database.engine") or ""
    assert "`mysql` or `mariadb`" in text
    assert "default  mysql" in text
    assert "the same in all environments" in text
    assert "an environment may say otherwise" in (explain("server.replicas") or "")
    assert "must be written" in (explain("hdfs.nameNode") or "")


def test_an_unknown_topic_names_the_nearest(tmp_path: Path) -> None:
    assert nearest("databse.engine") == "database.engine"
    assert nearest("MK33l") == "MK330"
    done = run("explain", "unknwon-key", cwd=tmp_path)
    assert done.returncode == 2
    assert "`unknown-key`" in done.stderr


def test_the_command_prints(tmp_path: Path) -> None:
    done = run("explain", "MK331", cwd=tmp_path)
    assert done.returncode == 0
    assert "tlsSecret" in done.stdout


def test_a_choice_of_the_catalogue_is_the_default() -> None:
    assert "default  bookworm" in (explain("images.debian") or "")


def test_a_password_that_is_looked_for_in_the_spec_is_explained() -> None:
    text = explain("database.password")
    assert text is not None
    assert "MK801 refuses it" in text
    assert "secrets.env" in text
    assert explain("nonsense.password") is None
