"""What: network policies are on, and none of them lets a pod reach the name node.

Why: a policy allows addresses, not names. Without the address of the name node every access to artifacts hangs until
it times out, and nothing says that a policy is the cause.

Bad:
```yaml
hdfs:
  nameNode: hdfs://nn.example.com:8020
networkPolicies: {}
```

Good:
```yaml
hdfs:
  nameNode: hdfs://nn.example.com:8020
networkPolicies:
  hdfs: [10.20.0.0/16]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, is_address, name_node_hosts, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        network, hdfs = environment.stack.network, environment.stack.hdfs
        if network is None or any(edge.path[:2] == ("networkPolicies", "hdfs") for edge in network.edges):
            continue
        names = {name for node in hdfs.nodes for name in node.hostnames}
        closed = [host for host in name_node_hosts(hdfs) if not is_address(host) and host not in names]
        if not closed:
            continue
        host = closed[0]
        yield codes.CLOSED_HDFS.at(
            setting(plan, environment, "networkPolicies"),
            f"no policy allows the way to the name node `{host}`, since nothing says its address",
            help="write the addresses or ranges of the HDFS machines as `networkPolicies.hdfs`, or list the machines "
            "in `hdfs.nodes`",
        )


RULE = Fact(codes.CLOSED_HDFS, __doc__, _find)
