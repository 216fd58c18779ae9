"""The edges of a stack: every connection that it needs, from what its parts are told to reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mlkc.catalog import network as facts
from mlkc.plan.database import DatabasePlan
from mlkc.plan.edges import Component, Edge, Elsewhere, Machines, NetworkPlan, PortPlan
from mlkc.plan.kerberos import KerberosPlan
from mlkc.plan.passes.key_servers import key_servers, usual_port
from mlkc.plan.server import ServerPlan
from mlkc.plan.stack import HdfsPlan, StackPlan
from mlkc.text.ports import port_number

if TYPE_CHECKING:
    from mlkc.spec.network import NetworkPolicies

SECTION = "networkPolicies"
METRICS = "metricsNamespaces"
_SERVER = Component("server")
_CLIENT = Component("client")
_DATABASE = Component("database")
_BACKUP = Component("backup")
_LOGIN = Component("login")
_BOTH: tuple[Literal["TCP", "UDP"], ...] = ("TCP", "UDP")


def resolve_network(policies: NetworkPolicies, stack: StackPlan) -> NetworkPlan:
    """Declares the edges.

    Args:
        policies: the section.
        stack: the stack without its network.
    """
    backup = stack.database.backup
    client = stack.client
    users = [_SERVER, _BACKUP] if backup else [_SERVER]
    edges = [edge for user in users for edge in _database(user, policies, stack.database)]
    if client is not None:
        edges.append(Edge(_CLIENT, _SERVER, _ports(stack.server.port), ("client", "trackingUri")))
    edges += _to_server(policies, stack.server)
    readers = [_SERVER, *([_CLIENT] if client else []), *([_BACKUP] if backup and backup.path else [])]
    for reader in readers:
        edges += reading(reader, policies, stack.hdfs)
    if backup is not None and _BACKUP not in readers:
        edges += _dns(_BACKUP, policies)
    if client is not None and client.spark is not None:
        from mlkc.plan.passes.spark_edges import spark_edges  # noqa: PLC0415  only where the spec has it

        edges += spark_edges(policies, stack)
    if client is not None:
        edges += _each(_CLIENT, (), policies.client_egress, "clientEgress")
    return NetworkPlan(tuple(edges))


def _to_server(policies: NetworkPolicies, server: ServerPlan) -> Iterator[Edge]:
    """From outside: people, who meet the proxy first if there is one, and Prometheus."""
    login = server.login
    door, port = (_LOGIN, login.port) if login else (_SERVER, server.port)
    for index, namespace in enumerate(policies.ingress_namespaces):
        yield Edge(Elsewhere(namespace), door, _ports(port), (SECTION, "ingressNamespaces", index))
    for index, block in enumerate(policies.ingress_addresses):
        yield Edge(Machines(block), door, _ports(port), (SECTION, "ingressAddresses", index))
    if login is not None:
        yield Edge(_LOGIN, _SERVER, _ports(server.port), ("server", "loginProxy"))
        yield from _each(_LOGIN, _ports(urlsplit(login.issuer).port or 443), policies.login, "login")
        yield from _dns(_LOGIN, policies)
    if server.metrics is not None:
        for index, namespace in enumerate(policies.metrics_namespaces):
            yield Edge(Elsewhere(namespace), _SERVER, _ports(server.port), (SECTION, METRICS, index))


def _each(
    source: Component, ports: tuple[PortPlan, ...], blocks: Iterable[str], setting: str
) -> Iterator[Edge]:
    """To each of the machines that a setting of the section lists; no ports are all."""
    for index, block in enumerate(blocks):
        yield Edge(source, Machines(block), ports, (SECTION, setting, index))


def _database(user: Component, policies: NetworkPolicies, database: DatabasePlan) -> Iterator[Edge]:
    """To the stack's own server, or to the addresses of one outside it."""
    if database.file is not None:
        return
    ports = _ports(database.port)
    if database.server is not None:
        yield Edge(user, _DATABASE, ports, ("database", "port"))
        return
    if is_address(database.host):
        yield Edge(user, Machines(single(database.host)), ports, ("database", "external", "host"))
    yield from _each(user, ports, policies.database, "database")


def name_nodes(hdfs: HdfsPlan) -> dict[str, int]:
    """Finds the name nodes' hosts and their ports, an IPv6 address without its brackets."""
    keys = ("fs.defaultFS", "fs.viewfs.mounttable.", "dfs.namenode.rpc-address.")
    places = [
        value.removeprefix("hdfs://").partition("/")[0]
        for key, value in (*hdfs.core_site, *hdfs.hdfs_site)
        if key.startswith(keys) and not value.startswith("viewfs://")
    ]
    services = dict(hdfs.hdfs_site).get("dfs.nameservices", "").split(",")
    found = {}
    for place in (one for one in places if one not in services):
        host, _, port = place.rpartition(":") if not place.endswith("]") else (place, "", "")
        number = port_number(port)
        if not host or number is None:
            host, number = place, int(facts.NAME_NODE_PORT.value)
        found[host.strip("[]")] = number
    return found


def reading(reader: Component, policies: NetworkPolicies, hdfs: HdfsPlan) -> list[Edge]:
    """The edges of whoever reads HDFS: its machines, the name servers, and who has the keys of what is encrypted."""
    found = [*_hdfs(reader, policies, hdfs), *_dns(reader, policies), *_keys(reader, policies, hdfs)]
    return found if hdfs.kerberos is None else [*found, *_kerberos(reader, policies, hdfs, hdfs.kerberos)]


def _kerberos(
    reader: Component, policies: NetworkPolicies, hdfs: HdfsPlan, kerberos: KerberosPlan
) -> Iterator[Edge]:
    """To the key distribution centres: by their addresses, those of nodes, or what the section says."""
    for host, port in kerberos.kdc:
        ports = tuple(PortPlan(port, protocol) for protocol in _BOTH)
        for machine in _machine(host, hdfs):
            yield Edge(reader, machine, ports, ("hdfs", "kerberos", "kdc"))
    ports = tuple(
        PortPlan(port, protocol) for port in _once(port for _, port in kerberos.kdc) for protocol in _BOTH
    )
    yield from _each(reader, ports, policies.kdc, "kdc")


def _keys(reader: Component, policies: NetworkPolicies, hdfs: HdfsPlan) -> Iterator[Edge]:
    """To the key servers, likewise; a name node may name some that no property here does."""
    servers = key_servers(hdfs)
    ports = _ports(servers.port if servers and servers.port else usual_port())
    if servers is not None and servers.port is not None:
        for host in servers.hosts:
            for machine in _machine(host, hdfs):
                yield Edge(reader, machine, ports, servers.path)
    yield from _each(reader, ports, policies.kms, "kms")


def _machine(host: str, hdfs: HdfsPlan) -> Iterator[Machines]:
    """The machine of a host: none where it is a name that no node has."""
    addresses = {name: node.address for node in hdfs.nodes for name in node.hostnames}
    address = host if is_address(host) else addresses.get(host)
    if address is not None:
        yield Machines(single(address))


def _hdfs(reader: Component, policies: NetworkPolicies, hdfs: HdfsPlan) -> Iterator[Edge]:
    """A node that is no name node is reached at the data nodes' ports only."""
    named = name_nodes(hdfs)
    listed: set[str] = set()
    for index, node in enumerate(hdfs.nodes):
        own = {node.address, *node.hostnames}
        listed |= own
        ports = [port for host, port in named.items() if host in own]
        numbers = (*ports, *policies.data_node_ports)
        yield Edge(reader, Machines(single(node.address)), _ports(*numbers), ("hdfs", "nodes", index))
    for host, port in named.items():
        if host not in listed and is_address(host):
            numbers = (port, *policies.data_node_ports)
            yield Edge(reader, Machines(single(host)), _ports(*numbers), ("hdfs", "nameNode"))
    yield from _each(reader, _ports(*named.values(), *policies.data_node_ports), policies.hdfs, "hdfs")


def _dns(reader: Component, policies: NetworkPolicies) -> Iterator[Edge]:
    port = int(facts.DNS_PORT.value)
    ports = (PortPlan(port, "UDP"), PortPlan(port))
    server = Elsewhere(facts.DNS_NAMESPACE.value, (("k8s-app", facts.DNS_APP.value),))
    yield Edge(reader, server, ports, (SECTION,))
    yield Edge(reader, Machines(single(facts.DNS_CACHE.value)), ports, (SECTION,))
    yield from _each(reader, ports, policies.dns, "dns")


def _ports(*numbers: int) -> tuple[PortPlan, ...]:
    return tuple(PortPlan(number) for number in _once(numbers))


def _once(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


def single(address: str) -> str:
    """Writes one address as a range."""
    return f"{address}/{128 if ':' in address else 32}"


def is_address(host: str) -> bool:
    """Tells an IP address from a name, and from what a property of the user's may hold in its place."""
    import ipaddress  # noqa: PLC0415  few stacks have policies

    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
