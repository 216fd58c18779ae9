"""Scalar types of `secrets`."""

import binascii
import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse


def _sealed(text: str) -> str:
    """The envelope of Sealed Secrets: a length of two bytes, so many bytes of RSA, then AES-GCM with its tag of 16.

    Source: HybridEncrypt in pkg/crypto/crypto.go of https://github.com/bitnami-labs/sealed-secrets.
    """
    try:
        envelope = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        envelope = b""
    size = int.from_bytes(envelope[:2], "big")
    if size >= 256 and len(envelope) >= 2 + size + 16:
        return text
    refuse(
        "plain-text-secret",
        "this value is not sealed, and the spec is committed",
        "write what `kubeseal --raw` prints; if it was a password, change it",
    )


def _remote_path(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._@-]+(/[A-Za-z0-9._@-]+)*", text):
        return text
    refuse(
        "invalid-pattern",
        f"`{text}` is not a path in a secret store",
        "write names joined by `/`, such as `teams/ml/mlflow`",
    )


def _interval(text: str) -> str:
    if re.fullmatch(r"0|([0-9]+h)?([0-9]+m)?([0-9]+s)?", text) and text:
        return text
    refuse("invalid-pattern", f"`{text}` is not a time span", "write one such as `1h`, `30m` or `1h30m`")


RemotePath = Annotated[str, AfterValidator(_remote_path)]


Interval = Annotated[str, AfterValidator(_interval)]


Sealed = Annotated[str, AfterValidator(_sealed)]
