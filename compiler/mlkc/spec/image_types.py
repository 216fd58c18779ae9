"""References to images, and what they are made of."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse

# Grammar: https://github.com/distribution/reference (name components, tag, digest).
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_DOMAIN_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = rf"(?:{_DOMAIN_LABEL}(?:\.{_DOMAIN_LABEL})*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?"
_REPOSITORY = rf"(?:{_DOMAIN}/)?{_COMPONENT}(?:/{_COMPONENT})*"
_TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_DIGEST = r"sha256:[0-9a-f]{64}"


def _no_login(text: str) -> None:
    if re.search(r"://|^[^/@]*:[^/@]*@(?!sha256:)", text) and "@" in text:
        refuse(
            "credentials-in-url",
            "this holds a user name or password, which would reach the spec",
            "leave it out",
        )


def _image(text: str) -> str:
    if re.fullmatch(rf"{_REPOSITORY}(?::{_TAG})?(?:@{_DIGEST})?", text):
        return text
    _no_login(text)
    refuse(
        "invalid-image",
        f"`{text}` is not an image reference",
        "write `registry/name:tag` or `registry/name@sha256:…`; the name is in lower case",
    )


def _registry(text: str) -> str:
    if re.fullmatch(rf"{_DOMAIN}(?:/{_COMPONENT})*", text):
        return text
    _no_login(text)
    advice, instead = "write `registry.example.com` or `registry.example.com/team`", None
    if "://" in text:
        bare = text.split("://", 1)[1].rstrip("/")
        advice = f"write `{bare}`, without the scheme"
        instead = bare if re.fullmatch(rf"{_DOMAIN}(?:/{_COMPONENT})*", bare) else None
    refuse("invalid-image", f"`{text}` is not a registry", advice, instead)


def _tag(text: str) -> str:
    if re.fullmatch(_TAG, text):
        return text
    refuse("invalid-image", f"`{text}` is not an image tag", "letters, digits and `_.-`, at most 128 of them")


def _digest(text: str) -> str:
    if re.fullmatch(_DIGEST, text):
        return text
    refuse("invalid-image", f"`{text}` is not an image digest", "write `sha256:` and 64 hexadecimal digits")


def _sha512(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{128}", text):
        return text
    refuse(
        "invalid-checksum",
        f"`{text}` is not a SHA-512 checksum",
        "write its 128 hexadecimal digits in lower case",
    )


ImageReference = Annotated[str, AfterValidator(_image)]
Registry = Annotated[str, AfterValidator(_registry)]
ImageTag = Annotated[str, AfterValidator(_tag)]
ImageDigest = Annotated[str, AfterValidator(_digest)]
Sha512 = Annotated[str, AfterValidator(_sha512)]
