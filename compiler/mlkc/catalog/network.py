"""Whom a stack's pods must reach outside of it: the cluster's name servers, and the ports of HDFS."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Endpoint(Struct, frozen=True):
    """One target or label of the network.

    Attributes:
        name: what it is.
        value: the port, the address, or the label's key or value.
    """

    name: str
    value: str
    source: Source
    doubts: tuple[str, ...] = ()


_DNS: Final = Source(
    "read", "kubernetes/kubernetes cluster/addons/dns: coredns and nodelocaldns manifests", "2026-11"
)
_LABEL: Final = Source(
    "read", "kubernetes.io, Automatic namespace labels: every namespace has it, stable since 1.22", "2026-11"
)
_HDFS: Final = Source(
    "read", "apache/hadoop hdfs-default.xml and HdfsClientConfigKeys of 3.4; 50010 in Hadoop 2", "2026-11"
)
_KMS: Final = Source(
    "read",
    "hadoop.apache.org, Hadoop KMS of 3.4: kms-default.xml, hadoop.kms.http.port; 16000 in Hadoop 2",
    "2026-11",
)
_API: Final = Source(
    "read", "kubernetes.io, Ports and Protocols; the Service `kubernetes` of the namespace default", "2026-11"
)

NAMESPACE_LABEL: Final = Endpoint("label of a namespace with its name", "kubernetes.io/metadata.name", _LABEL)
DNS_NAMESPACE: Final = Endpoint("namespace of the cluster's name server", "kube-system", _DNS)
DNS_APP: Final = Endpoint("k8s-app of the cluster's name server", "kube-dns", _DNS)
DNS_PORT: Final = Endpoint("port of the name server, by UDP and TCP", "53", _DNS)
DNS_CACHE: Final = Endpoint("address of a node's own DNS cache", "169.254.20.10", _DNS)
NAME_NODE_PORT: Final = Endpoint("port of a name node", "8020", _HDFS)
API_PORT: Final = Endpoint("port of the Kubernetes API's Service", "443", _API)
API_SERVER_PORT: Final = Endpoint("port of an API server, where the Service leads to", "6443", _API)
KEY_SERVER_PORT: Final = Endpoint("port of a key management server", "9600", _KMS)
DATA_NODE_PORT: Final = Endpoint("port of a data node", "9866", _HDFS)

ENDPOINTS: Final = (
    NAMESPACE_LABEL,
    DNS_NAMESPACE,
    DNS_APP,
    DNS_PORT,
    DNS_CACHE,
    NAME_NODE_PORT,
    DATA_NODE_PORT,
    API_PORT,
    API_SERVER_PORT,
    KEY_SERVER_PORT,
)
