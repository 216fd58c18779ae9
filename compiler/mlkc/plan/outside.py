"""Secrets and ConfigMaps that a stack names and does not make: somebody puts them into its namespace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from mlkc.plan.pods import ConfigKey
from mlkc.plan.secret import Secret
from mlkc.plan.stack import StackPlan


class Outside(Struct, frozen=True):
    """One of them.

    Attributes:
        kind, name: which object.
        key: the key that is read; None where Kubernetes says which ones.
        what: a few words on what it holds.
        alone: nothing else reads another key of it.
    """

    kind: Literal["Secret", "ConfigMap"]
    name: str
    key: str | None
    what: str
    alone: bool = True


def outside(stack: StackPlan) -> Iterator[Outside]:
    """Lists what a stack's own passwords are not: keytab, authorities, certificates, logins, what `env` reads."""
    kerberos, database, server = stack.hdfs.kerberos, stack.database, stack.server
    if kerberos is not None:
        yield Outside("Secret", kerberos.secret, kerberos.key, "the keytab")
    if database.ca is not None:
        yield Outside("Secret", database.ca.secret, database.ca.key, "the database's authority")
    if server.login is not None and server.login.ca is not None:
        yield Outside("Secret", server.login.ca.secret, server.login.ca.key, "the issuer's authority")
    ingress = server.ingress
    if ingress is not None and ingress.tls_secret and not (ingress.cluster_issuer or ingress.issuer):
        yield Outside("Secret", ingress.tls_secret, None, f"a certificate of {ingress.host}")
    for name in stack.pull_secrets:
        yield Outside("Secret", name, None, "the login to the registry")
    own = {("Secret", one.secret) for one in stack.secrets}
    own.add(("ConfigMap", stack.hdfs.config_map))
    for variable, value in (*server.env, *(stack.client.env if stack.client else ())):
        match value:
            case Secret() if ("Secret", value.name) not in own:
                yield Outside("Secret", value.name, value.key, variable, alone=False)
            case ConfigKey() if ("ConfigMap", value.name) not in own:
                yield Outside("ConfigMap", value.name, value.key, variable, alone=False)
