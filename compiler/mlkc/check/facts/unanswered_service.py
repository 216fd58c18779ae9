"""What: the server's Service is open to the outside, and nothing says by which name.

Why: MLflow compares the Host header with a list and answers 403 to every other. Neither the address of a load
balancer nor that of a node is in it by itself. A browser names the port as well, so that of a NodePort must be known;
and a port of the nodes has no effect without one.

Bad:
```yaml
server:
  service: {type: LoadBalancer}
```

Good:
```yaml
server:
  service: {type: LoadBalancer, hosts: [mlflow.example.com]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan

_LOCAL = ("localhost", "127.0.0.1")


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        # Its own four names, those of a port-forward, and each of them with a port.
        named = len(server.allowed_hosts) > 2 * (4 + len(_LOCAL))
        if server.service_type != "ClusterIP" and not named:
            yield codes.UNANSWERED_SERVICE.at(
                setting(plan, environment, "server", "service", "type"),
                f"the server refuses every request that comes by the {server.service_type}",
                help="write the names or addresses that it is reached by as `server.service.hosts`",
            )
        elif (server.service_type == "NodePort") != (server.node_port is not None):
            yield codes.UNANSWERED_SERVICE.at(
                setting(plan, environment, "server", "service", "type"),
                f"`type: {server.service_type}` and `nodePort` don't agree",
                help="write `type: NodePort` and its `nodePort`, which the origins of browsers carry, or neither",
            )


RULE = Fact(codes.UNANSWERED_SERVICE, __doc__, _find)
