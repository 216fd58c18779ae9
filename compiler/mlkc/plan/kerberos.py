"""The plan of how pods prove to HDFS who they are."""

from __future__ import annotations

from msgspec import Struct


class KerberosPlan(Struct, frozen=True):
    """A login by keytab.

    Attributes:
        realm: whose key distribution centres `kdc` names, each as `HOST:PORT`.
        principal: who the pods are, with the realm.
        secret, key: where the keytab is.
    """

    realm: str
    kdc: tuple[tuple[str, int], ...]
    principal: str
    secret: str
    key: str
