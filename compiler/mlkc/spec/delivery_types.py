"""Scalar types of `delivery`."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse


def _repository(text: str) -> str:
    plain = r"(https?://|ssh://)?([A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+(:[0-9]+)?[:/][A-Za-z0-9._~/-]+"
    if re.fullmatch(plain, text) and not (text.startswith("http") and "@" in text):
        return text
    refuse(
        "invalid-url",
        "this is not the address of a git repository",
        "write one such as `https://git.example.com/team/deploy.git`, without a login",
    )


def _revision(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", text) and ".." not in text:
        return text
    refuse("invalid-pattern", f"`{text}` is not a branch, tag or commit", "write one such as `main`")


def _folder(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._@-]+(/[A-Za-z0-9._@-]+)*", text) and ".." not in text.split("/"):
        return text
    refuse("invalid-path", f"`{text}` is not a folder of a repository", "write one such as `deploy/mlflow`")


Folder = Annotated[str, AfterValidator(_folder)]


Repository = Annotated[str, AfterValidator(_repository)]


Revision = Annotated[str, AfterValidator(_revision)]
