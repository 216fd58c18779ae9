"""Scalar types of `patches`."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse


def _kind(text: str) -> str:
    if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,62}", text):
        return text
    guess = text[:1].upper() + text[1:]
    advice = (
        f"write `{guess}`"
        if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,62}", guess)
        else "write one such as `Deployment`"
    )
    refuse("invalid-pattern", f"`{text}` is not a kind of object", advice)


def _json_pointer(text: str) -> str:
    if re.fullmatch(r"(/([^~/\x00-\x1f\x7f]|~[01])*)*", text):
        return text
    refuse("invalid-pattern", f"`{text}` is not a JSON Pointer", "write a path such as `/spec/replicas`")


JsonPointer = Annotated[str, AfterValidator(_json_pointer)]


Kind = Annotated[str, AfterValidator(_kind)]
