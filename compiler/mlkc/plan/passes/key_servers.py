"""The key management servers of HDFS' encryption zones: whoever reads a file of one asks them for its key."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlkc.catalog import network as facts
from mlkc.diag import output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.stack import HdfsPlan, StackPlan
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath
from mlkc.text.ports import port_number

# Of two names the newer one counts: `DeprecatedProperties` in the documentation of https://hadoop.apache.org (3.4).
_PROPERTIES = ("hadoop.security.key.provider.path", "dfs.encryption.key.provider.uri")
_WAYS = (("networkPolicies", "kms"), ("hdfs", "coreSite"), ("hdfs", "hdfsSite"))


class KeyServers(Struct, frozen=True):
    """Hosts that answer at one port, None where it is none, and the section and name of the property."""

    hosts: tuple[str, ...]
    port: int | None
    path: SpecPath


def key_servers(hdfs: HdfsPlan) -> KeyServers | None:
    """Reads `kms://PROTOCOL@HOST;HOST:PORT/PATH`, as `KMSClientProvider` of Hadoop 3.4 does.

    None where no property names a server. A port that is left out is the protocol's.
    """
    sites = ((("hdfs", "coreSite"), dict(hdfs.core_site)), (("hdfs", "hdfsSite"), dict(hdfs.hdfs_site)))
    for name in _PROPERTIES:
        for section, site in sites:
            value = site.get(name, "")
            if value.startswith("kms://"):
                protocol, _, rest = value.removeprefix("kms://").partition("@")
                hosts, colon, port = rest.partition("/")[0].partition(":")
                number = port_number(port) if colon else 443 if protocol == "https" else 80
                return KeyServers(tuple(filter(None, hosts.split(";"))), number, (*section, name))
    return None


def usual_port() -> int:
    """Where a key server is asked that the name node says, and no property of the client's."""
    return int(facts.KEY_SERVER_PORT.value)


def check_key_servers(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses policies that keep the key servers out of reach.

    Args:
        environment: whose they are.
        stack: the environment's stack.
        tree: the spec's file.
    """
    servers, network = key_servers(stack.hdfs), stack.network
    if servers is None or network is None:
        return
    if not servers.hosts or servers.port is None:
        yield output_codes.CLOSED_KMS.at(
            InSpec(written(tree, environment, *servers.path)),
            f"`{servers.path[-1]}` names no host with a port that a policy could allow",
            help="write `kms://https@HOST:9600/kms`, several hosts parted by `;`",
        )
        return
    if any(edge.path[:2] in _WAYS for edge in network.edges):
        return
    yield output_codes.CLOSED_KMS.at(
        InSpec(written(tree, environment, "networkPolicies"), key=True),
        f"no policy allows the way to the key management server `{servers.hosts[0]}`, since nothing says its address",
        help="write its addresses as `networkPolicies.kms`",
    )
