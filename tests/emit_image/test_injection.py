"""No text of the spec becomes an instruction, an option or a command."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from pydantic import ValidationError

from mlkc.emit.image import syntax
from mlkc.spec.images import Images
from mlkc.spec.mirrors import Mirrors

HOSTILE = [
    "x\nRUN touch /owned",
    "x\r\nUSER root",
    "x\u2028USER root",
    "x\x85USER root",
    "x'; touch /owned; '",
    'x" touch',
    "$(touch /owned)",
    "`touch /owned`",
    "${HOME}",
    "x && y",
    "x\\",
    "x\x00",
    "--option",
    "# syntax=evil",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["debian", "python", "base", "spark", "registry"])
def test_a_hostile_image_setting_is_refused_or_names_nothing(field: str, text: str, build: Any) -> None:
    try:
        Images.model_validate({field: text})
    except ValidationError:
        return
    assert field == "debian", "only a name that is looked up may be free text"
    built = build(images={field: text})
    assert built.faults
    assert not built.files


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["apt", "pip", "conda", "apache"])
@pytest.mark.parametrize("form", ["{}", "https://host/{}", "http://{}/debian", "https://host/x?{}"])
def test_a_hostile_mirror_is_refused_or_names_nothing(kind: str, text: str, form: str, build: Any) -> None:
    value = form.format(text)
    try:
        Mirrors.model_validate({kind: value})
    except ValidationError:
        return
    built = build(mirrors={kind: value})
    assert built.faults or value in {"https://host/--option", "http://--option/debian"}
    assert all("owned" not in file for file in built.files.values())


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        "boto3",
        "boto3>=1",
        "boto3==1.*",
        "boto3==1.0 --index-url=https://evil",
        "boto3==1.0 ; python_version > '3'",
        "boto3 @ https://evil/x.whl",
        "https://evil/x.whl",
        "-r other.txt",
        "-e .",
        "boto3==1.0\nevil==1.0",
        "boto3==1.0\\",
        "boto3==1.0 # x",
        " boto3==1.0",
        "boto3==1.0\n",
        "./wheel==1.0",
        "boto3===1.0",
        "boto3==1.0,==2.0",
        "b" * 200 + "==1",
    ],
)
def test_a_package_is_one_name_at_one_version(text: str) -> None:
    with pytest.raises(ValidationError, match="not one package"):
        Images.model_validate({"server": {"packages": [text]}})


@pytest.mark.parametrize(
    "text", ["boto3==1.40.1", "uvicorn[standard]==0.54.0", "x==1!2.0rc1.post2.dev3+local.1", "a==0"]
)
def test_a_pinned_package_is_taken(text: str) -> None:
    assert Images.model_validate({"client": {"packages": [text]}}).client.packages == [text]


@pytest.mark.parametrize("text", ["plain", "a b", "$(x)", "`x`", "a'b", '"', "a;b", "a\\b", "*?[", "~", "é"])
def test_a_quoted_word_is_one_word_to_the_shell(text: str) -> None:
    assert shlex.split(syntax.word(text)) == [text]


@pytest.mark.parametrize("text", [text for text in HOSTILE if not text.isprintable()])
def test_nothing_that_ends_a_line_can_be_quoted(text: str) -> None:
    for quote in (syntax.word, syntax.value, syntax.comment):
        with pytest.raises(ValueError, match="control character"):
            quote(text)


@pytest.mark.parametrize("text", [*HOSTILE, "", "a b"])
def test_only_an_image_reference_follows_from(text: str) -> None:
    if text == "--option":
        return
    with pytest.raises(ValueError, match="not an image reference"):
        syntax.image(text)


def test_a_value_keeps_its_dollar_quotes_and_backslashes() -> None:
    assert syntax.value('a"b$c\\') == '"a\\"b\\$c\\\\"'
