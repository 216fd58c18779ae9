"""`secrets`: where the passwords come from. None of them stands in the spec."""

import binascii
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import HostName, refuse


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


class Secrets(SpecModel):
    """How the Secrets `db-secrets` and `client-secrets` come to be; their keys are the same in every way."""

    strategy: Literal["file", "existing", "external", "sealed", "sops"] = Field(
        default="file",
        description="`file`: a local env file, made once, never committed. `existing`: Secrets that are there. "
        "`external`: External Secrets Operator. `sealed`: Sealed Secrets. `sops`: the local file, encrypted "
        "by SOPS for the repository.",
    )
    store: HostName | None = Field(default=None, description="`external`: name of the secret store.")
    store_kind: Literal["SecretStore", "ClusterSecretStore"] = Field(
        default="SecretStore", description="`external`: a store of the namespace or of the cluster."
    )
    path: Annotated[str, AfterValidator(_remote_path)] | None = Field(
        default=None,
        description="`external`: folder in the store; the stack's name if left out. Each Secret is one entry in it.",
    )
    refresh: Annotated[str, AfterValidator(_interval)] = Field(
        default="1h", description="`external`: how often the store is read."
    )
    sealed: dict[str, Annotated[str, AfterValidator(_sealed)]] = Field(
        default={}, description="`sealed`: the sealed value of each key, as `kubeseal --raw` prints it."
    )
