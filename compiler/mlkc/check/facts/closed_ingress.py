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

_SERVER = Component("server")


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        network, ingress = environment.stack.network, environment.stack.server.ingress
        if network is None or ingress is None:
            continue
        sources = [edge.source for edge in network.edges if edge.target == _SERVER]
        if all(isinstance(source, Component) for source in sources):
            yield codes.CLOSED_INGRESS.at(
                setting(plan, environment, "server", "ingress"),
                f"no policy lets the ingress controller of `{ingress.host}` reach the server",
                help="write the namespace of its pods as `networkPolicies.ingressNamespaces`, such as "
                "`[ingress-nginx]`, or where a load balancer opens pods itself, its ranges as `ingressAddresses`",
            )


RULE = Fact(codes.CLOSED_INGRESS, __doc__, _find)
