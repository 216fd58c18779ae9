"""The values that SOPS encrypted and that git has: all that can be compared of a password that is on no machine.

An encrypted value that is another says no more than that the value was encrypted anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mlkc.check import tree

ENCRYPTED: Final = ".sops.env"
"""The end of the name of such a file."""

# How SOPS writes a value that it has encrypted.
_CIPHER: Final = "ENC["

Ciphers = Mapping[str, Mapping[str, str]]
"""Environment → key → encrypted value."""

Environments = Mapping[str, Mapping[tuple[str, str], Any]]


def ciphers(files: Mapping[str, bytes]) -> Ciphers:
    """The values in files such as overlays/prod/secrets.sops.env, by environment and key."""
    found: dict[str, dict[str, str]] = {}
    for path, content in files.items():
        if path.startswith("overlays/") and path.endswith(ENCRYPTED):
            pairs = (line.partition("=") for line in content.decode("utf-8", "replace").splitlines())
            own = {key: value for key, _, value in pairs if value.startswith(_CIPHER)}
            found.setdefault(path.split("/")[1], {}).update(own)
    return found


def with_ciphers(environments: Environments, own: Ciphers, others: Ciphers) -> Environments:
    """Puts the encrypted values, where they differ from others, in the place of the placeholders of Secrets.

    Args:
        environments: the objects of each environment by kind and name.
        own: their encrypted values.
        others: those to compare with.
    """
    found = dict(environments)
    for name, values in own.items():
        other = others.get(name, {})
        changed = {key: value for key, value in values.items() if other.get(key, value) != value}
        if changed and name in found:
            found[name] = {
                key: _with_data(body, changed) if key[0] == "Secret" else body
                for key, body in found[name].items()
            }
    return found


def _with_data(secret: Any, values: Mapping[str, str]) -> Any:
    data = tree.mapping(secret, "data")
    return {**secret, "data": {key: values.get(key, value) for key, value in data.items()}}
