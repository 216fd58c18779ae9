"""What: the server has an ingress, and the network policies let nobody in.

Why: the controller's pods run in a namespace of their own and open the server's pods from there. A policy that does
not name it makes every request from outside time out with 504.

Bad:
```yaml
server:
  ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
networkPolicies:
  hdfs: [10.20.0.0/16]
```

Good:
```yaml
server:
  ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
networkPolicies:
  hdfs: [10.20.0.0/16]
  ingressNamespaces: [ingress-nginx]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.edges import Component
from mlkc.plan.plan import Plan

# The server, or the proxy before it.
_DOORS = (Component("server"), Component("login"))


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        network, server = environment.stack.network, environment.stack.server
        way = "ingress" if server.ingress else "gateway" if server.gateway else "service"
        if network is None or (way == "service" and server.service_type == "ClusterIP"):
            continue
        # A Prometheus is let in to read metrics, not to bring anybody.
        edges = [edge for edge in network.edges if "metricsNamespaces" not in edge.path]
        sources = [edge.source for edge in edges if edge.target in _DOORS]
        if all(isinstance(source, Component) for source in sources):
            yield codes.CLOSED_INGRESS.at(
                setting(plan, environment, "server", way),
                f"no policy lets the {way} of the server reach it from outside",
                help="write the namespace of the controller's pods as `networkPolicies.ingressNamespaces`, such as "
                "`[ingress-nginx]`, or where a load balancer opens pods itself, its ranges as `ingressAddresses`",
            )


RULE = Fact(codes.CLOSED_INGRESS, __doc__, _find)
