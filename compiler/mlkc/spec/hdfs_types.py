"""Scalar types of `hdfs`."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse


def _property(text: str) -> str:
    if text.lower().endswith(("password", "secret.key")):
        refuse(
            "plain-text-secret",
            f"the property `{text}` would put a secret into the spec, which is committed",
            "name a credential provider by `hadoop.security.credential.provider.path` instead",
        )
    if re.fullmatch(r"[A-Za-z0-9._-]{1,200}", text):
        return text
    refuse(
        "invalid-pattern",
        "this is not the name of a Hadoop property",
        "write one such as `dfs.client.read.shortcircuit`",
    )


def _property_value(text: str) -> str:
    if text.isprintable() and len(text) <= 2000:
        return text
    refuse("invalid-pattern", "this value is not one line of plain text", "leave control characters out")


Properties = dict[Annotated[str, AfterValidator(_property)], Annotated[str, AfterValidator(_property_value)]]
