"""`networkPolicies`: who may connect to whom."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import DnsLabel
from mlkc.spec.network_types import Cidr, Port


class NetworkPolicies(SpecModel):
    """Policies that allow the connections of the stack and deny all others; `{}` turns them on."""

    ingress_namespaces: list[DnsLabel] = Field(
        default=[], description="Namespaces of the ingress controller, or of others that open the server."
    )
    ingress_addresses: list[Cidr] = Field(
        default=[], description="Addresses or ranges that open the server, such as a cloud's load balancer."
    )
    metrics_namespaces: list[DnsLabel] = Field(
        default=[], description="Namespaces of the Prometheus that reads `server.metrics`."
    )
    hdfs: list[Cidr] = Field(
        default=[], description="Addresses or ranges of HDFS machines that `hdfs.nodes` does not list."
    )
    database: list[Cidr] = Field(
        default=[],
        description="Addresses or ranges of a database server outside the stack that has a host name.",
    )
    data_node_ports: Annotated[list[Port], Field(min_length=1)] = Field(
        default=[9866], description="Ports of the data nodes (dfs.datanode.address); 50010 in Hadoop 2."
    )
    dns: list[Cidr] = Field(
        default=[], description="Name servers beside the cluster's own and a node's cache at 169.254.20.10."
    )
    kdc: list[Cidr] = Field(
        default=[],
        description="Addresses or ranges of Kerberos' key distribution centres that have host names.",
    )
    kms: list[Cidr] = Field(
        default=[],
        description="Addresses or ranges of the key management servers of encryption zones that have host names; "
        "at port 9600 unless a property of `hdfs` says another.",
    )
    kubernetes_api: list[Cidr] = Field(
        default=[],
        description="Addresses or ranges of the Kubernetes API, which Spark asks for executors: the Service "
        "`kubernetes` and its endpoints.",
    )
    login: list[Cidr] = Field(
        default=[],
        description="Addresses or ranges of the issuer of `server.loginProxy`, reached at the port of its address, 443 "
        "if it has none.",
    )
    client_egress: list[Cidr] = Field(
        default=[], description="Addresses or ranges that the client may reach at any port, such as a mirror."
    )
