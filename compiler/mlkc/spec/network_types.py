"""Addresses, ports and URLs."""

import ipaddress
import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator, Within
from mlkc.spec.name_types import host_name
from mlkc.spec.types import refuse


def _address(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        refuse(
            "invalid-address", f"`{text}` is not an IP address", "write an address such as `192.168.10.145`"
        )
    if address.is_unspecified or address.is_multicast:
        refuse("invalid-address", f"`{text}` is not the address of a host", "write the node's own address")
    _refuse_what_means_two_things(text, address)
    return str(address)


def _refuse_what_means_two_things(text: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Refuse the addresses that some programs read otherwise than others.

    Kubernetes takes no zone, and since 1.36 no IPv4-mapped address (`StrictIPCIDRValidation`, on by default).
    Source: Kubernetes 1.37.2, `pkg/features/kube_features.go` and `apimachinery/pkg/util/validation/ip.go`.
    """
    if address.version == 4:
        return
    if address.scope_id is not None:
        refuse(
            "invalid-address",
            f"`{text}` has a zone, which means something on one machine only",
            "write an address that every pod can reach",
        )
    if address.ipv4_mapped is not None:
        refuse(
            "invalid-address",
            f"`{text}` is an IPv4-mapped IPv6 address, which Kubernetes refuses since 1.36",
            f"write `{address.ipv4_mapped}`",
        )


def _cidr(text: str) -> str:
    """An address or a range of them, written out as a NetworkPolicy's ipBlock wants it."""
    try:
        found = ipaddress.ip_interface(text)
    except ValueError:
        refuse(
            "invalid-address",
            f"`{text}` is neither an IP address nor a range of them",
            "write an address such as `192.168.10.145` or a range such as `192.168.10.0/24`",
        )
    _refuse_what_means_two_things(text, found.ip)
    if found.ip != found.network.network_address:
        refuse(
            "invalid-address",
            f"`{text}` has bits beyond its range",
            f"write `{found.network}`, or one address alone",
        )
    return str(found.network)


Address = Annotated[str, AfterValidator(_address)]
Cidr = Annotated[str, AfterValidator(_cidr)]
Port = Annotated[int, Within(1, 65535)]
# A port that a process without privileges can listen on.
ListenPort = Annotated[int, Within(1024, 65535)]


def hdfs_uri(text: str) -> str:
    """Takes the address of a name node, without a slash at its end."""
    match = re.fullmatch(r"hdfs://([^/:@\s]+|\[[0-9a-fA-F:]+\])(?::([0-9]{1,5}))?/?", text)
    if not match:
        advice = "write `hdfs://HOST:8020`; the folder goes to `hdfs.path`"
        if re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?/?", text):
            advice = f"write `hdfs://{text.rstrip('/')}`"
        refuse("invalid-hdfs-uri", f"`{text}` is not the address of an HDFS name node", advice)
    host, port = match[1], match[2]
    if port is not None and not 0 < int(port) < 65536:
        refuse(
            "invalid-hdfs-uri", f"`{text}` names port {port}, which does not exist", "the usual port is 8020"
        )
    if not host.startswith("["):
        _uri_host(host)
    return text.rstrip("/")


def _uri_host(host: str) -> None:
    if re.fullmatch(r"[0-9.]+", host):
        _address(host)
    else:
        host_name(host)


def _server_host(text: str) -> str:
    head, colon, port = text.rpartition(":")
    if colon and ":" not in head and port.isdigit():
        refuse("invalid-address", f"`{text}` names a port too", f"write `host: {head}` and `port: {port}`")
    if colon:
        return _address(text)
    _uri_host(text)
    return text


def check_url(text: str) -> str:
    """Returns an http or https URL without a slash at its end, or refuses it."""
    match = re.fullmatch(r"https?://([A-Za-z0-9.-]+)(:[0-9]{1,5})?(/[A-Za-z0-9._~%/+@=-]*)?", text)
    if match:
        if match[2] and not 0 < int(match[2][1:]) < 65536:
            refuse(
                "invalid-url",
                f"`{text}` names port {match[2][1:]}, which does not exist",
                "write one below 65536",
            )
        return text.rstrip("/")
    if re.match(r"(?i)[a-z][a-z0-9+.-]*://.*@", text):
        refuse(
            "credentials-in-url",
            "this URL holds a user name or password, which would reach the image",
            "leave it out",
        )
    refuse(
        "invalid-url",
        f"`{text}` is not an http or https URL of plain characters",
        "write `https://HOST/PATH`",
    )


HdfsUri = Annotated[str, AfterValidator(hdfs_uri)]
ServerHost = Annotated[str, AfterValidator(_server_host)]
Url = Annotated[str, AfterValidator(check_url)]
