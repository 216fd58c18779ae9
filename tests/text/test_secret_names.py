"""What sounds like a secret, and what only looks so."""

from __future__ import annotations

import pytest

from mlkc.text.mask import mask_urls
from mlkc.text.secret_names import is_secret, is_secret_name

# fmt: off
SECRET = [
    "DB_PASSWORD",
    "PGPASSWORD",
    "MYSQL_PWD",
    "SMTP_PASS",
    "GITHUB_PAT",
    "OPENAI_API_KEY",
    "APIKEY",
    "S3_ACCESS_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "TLS_PRIVATE_KEY",
    "SSH_KEY",
    "SECRETKEY",
    "PASSWORD_FOR_X",
    "MLFLOW_TRACKING_TOKEN",
    "token",
    "fs.s3a.secret.key",
    "fs.azure.account.key",
    "SIGNING_KEY", "fs.s3a.session.token", "fs.azure.account.key.a.example.com",
    "PASSPHRASE",
]
PLAIN = [
    "PASSWORD_FILE",
    "MLFLOW_TRACKING_TOKEN_PATH",
    "TOKENIZERS_PARALLELISM",
    "KEYBOARD",
    "MAX_TOKENS",
    "COMPASS",
    "PATH",
    "PATCH_SIZE",
    "COMPATIBILITY",
    "SECRET_NAME",
    "secretName",
    "MLFLOW_BYPASS",
    "KEY",
    "BYPASS_CACHE",
    "hadoop.security.credential.provider.path",
    "SPARK_PATH",
]
# fmt: on


@pytest.mark.parametrize("name", SECRET)
def test_a_secret(name: str) -> None:
    assert is_secret_name(name)
    assert is_secret(name, "hunter2")
    assert not is_secret(name, "yes"), "a switch"


@pytest.mark.parametrize("name", PLAIN)
def test_no_secret(name: str) -> None:
    assert not is_secret_name(name)


def test_a_login_in_a_url_is_one_whatever_its_name() -> None:
    assert is_secret("DATABASE_URL", "mysql://a:hunter2@db:3306/x")
    assert is_secret("HTTPS_PROXY", "http://u:hunter2@proxy:1")
    assert not is_secret("HTTPS_PROXY", "http://proxy.example.com:3128")
    assert not is_secret("CONTACT", "https://example.com/@team")


@pytest.mark.parametrize(
    "text",
    [
        "https://bob:hunter2@reg.example.com/x",
        "HTTPS://bob:hun/hunter2@apt/debian",
        "https://pip/simple?token=hunter2",
        "`ftp://bob:hunter2@pip` is no URL",
        "`bob:hunter2@db` is not a host name",
    ],
)
def test_a_sentence_without_logins(text: str) -> None:
    assert "hunter2" not in mask_urls(text)


def test_a_sentence_keeps_its_other_words() -> None:
    text = "write `NAME: {secret: NAME, key: KEY}`, as https://example.com/secret?page=1 says, or `a/b:1@sha256:0`"
    assert mask_urls(text) == text
