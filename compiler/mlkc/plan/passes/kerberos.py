"""Kerberos: the properties of Hadoop's client, the login of the pods, and what can't work.

Hadoop's client logs in from the keytab that KRB5PRINCIPAL and KRB5KEYTAB name, libhdfs too, and renews the login by
itself; so there is neither a ticket cache nor a program beside it that keeps one fresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.catalog import kerberos as facts
from mlkc.catalog.version import at_least
from mlkc.diag import fact_codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.kerberos import KerberosPlan
from mlkc.plan.passes.written import written
from mlkc.plan.stack import StackPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlkc.plan.images.model import ImageBuild
    from mlkc.source.tree import SourceTree
    from mlkc.spec.kerberos import Kerberos


def core_site(kerberos: Kerberos) -> dict[str, str]:
    """Computes the properties of core-site.xml."""
    return {
        "hadoop.security.authentication": "kerberos",
        "hadoop.rpc.protection": kerberos.rpc_protection,
        "hadoop.kerberos.keytab.login.autorenewal.enabled": "true",
    }


def hdfs_site(kerberos: Kerberos) -> dict[str, str]:
    """Computes the properties of hdfs-site.xml."""
    site = {"dfs.namenode.kerberos.principal": _whole(kerberos.name_node_principal, kerberos.realm)}
    if kerberos.data_protection is not None:
        site["dfs.data.transfer.protection"] = kerberos.data_protection
    return site


def resolve_kerberos(kerberos: Kerberos) -> KerberosPlan:
    """Resolves the section."""
    return KerberosPlan(
        realm=kerberos.realm,
        kdc=tuple((host, facts.KDC_PORT) for host in kerberos.kdc),
        principal=_whole(kerberos.principal, kerberos.realm),
        secret=kerberos.keytab_secret,
        key=kerberos.keytab_key,
    )


def _whole(principal: str, realm: str) -> str:
    return principal if "@" in principal else f"{principal}@{realm}"


def check_kerberos(
    environment: str, kerberos: KerberosPlan, stack: StackPlan, builds: Sequence[ImageBuild], tree: SourceTree
) -> Iterator[Diagnostic]:
    """Refuses a login that no key distribution centre would see, or that the client does not do.

    Args:
        environment: whose it is.
        kerberos: its plan.
        stack: the environment's stack.
        builds: the images.
        tree: the spec's file.
    """
    realm = kerberos.principal.partition("@")[2]
    if realm != kerberos.realm:
        yield output_codes.FOREIGN_PRINCIPAL.at(
            InSpec(written(tree, environment, "hdfs", "kerberos", "principal")),
            f"`{kerberos.principal}` is of the realm `{realm}`, whose key distribution centres are not known",
            help=f"write `realm: {realm}` with its `kdc`, or a principal of `{kerberos.realm}`",
        )
    for version in {
        build.hadoop.version for build in builds if not at_least(build.hadoop.version, facts.OLDEST)
    }:
        yield output_codes.NO_KEYTAB_LOGIN.at(
            InSpec(written(tree, environment, "hdfs", "kerberos"), key=True),
            f"Hadoop {version} of the images does not log in from a keytab that its environment names",
            help=f"write `images.hadoop.version` of {facts.OLDEST} or later",
        )
    path = written(tree, environment, "hdfs", "user")
    if tree.has(path):
        yield fact_codes.IDLE_SETTING.at(
            InSpec(path, key=True),
            "`hdfs.user` has no effect: HDFS believes the Kerberos principal",
            help="delete it, or `kerberos`",
        )
    network = stack.network
    if network and not any(edge.path[:2] in _WAYS for edge in network.edges):
        yield output_codes.CLOSED_KDC.at(
            InSpec(written(tree, environment, "networkPolicies"), key=True),
            f"no policy allows the way to the key distribution centre `{kerberos.kdc[0][0]}`, since nothing says its "
            "address",
            help="write its addresses as `networkPolicies.kdc`",
        )


_WAYS = (("networkPolicies", "kdc"), ("hdfs", "kerberos"))
