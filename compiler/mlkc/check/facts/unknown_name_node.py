"""What: the spec lists nodes with their names, and the name node is none of them.

Why: nodes are listed because no DNS server knows them. A name node that is missing from the list, or misspelt
in it, is then not found either: the server starts, and the first artifact fails.

Bad:
```yaml
hdfs:
  nameNode: hdfs://nn.example.com:8020
  nodes:
    - address: 192.168.10.146
      hostnames: [dn1.example.com]
```

Good:
```yaml
hdfs:
  nameNode: hdfs://nn.example.com:8020
  nodes:
    - address: 192.168.10.145
      hostnames: [nn.example.com]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, is_address, name_node_hosts, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.diag.suggest import closest
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        hdfs = environment.stack.hdfs
        names = [name for node in hdfs.nodes for name in node.hostnames]
        unknown = [host for host in name_node_hosts(hdfs) if not is_address(host) and host not in names]
        if not names or not unknown:
            continue
        host = unknown[0]
        guess = closest(host, names)
        named = "nameNodes" if len(name_node_hosts(hdfs)) > 1 else "nameNode"
        yield codes.UNKNOWN_NAME_NODE.at(
            setting(plan, environment, "hdfs", named),
            f"no node of the spec is called `{host}`",
            help=f"did you mean `{guess}`?"
            if guess
            else "add the name node to `hdfs.nodes`, or accept this if a DNS server knows it",
        )


RULE = Fact(codes.UNKNOWN_NAME_NODE, __doc__, _find)
