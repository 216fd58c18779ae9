"""What: two nodes of HDFS have the same address.

Why: one of the two is mistyped: a machine has one entry with all its names. Blocks on the other machine then
seem lost.

Bad:
```yaml
hdfs:
  nodes:
    - address: 192.168.10.145
      hostnames: [namenode.example.com]
    - address: 192.168.10.145
      hostnames: [dn1.example.com]
```

Good:
```yaml
hdfs:
  nodes:
    - address: 192.168.10.145
      hostnames: [namenode.example.com]
    - address: 192.168.10.146
      hostnames: [dn1.example.com]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, Label
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        first: dict[str, int] = {}
        for index, node in enumerate(environment.stack.hdfs.nodes):
            if node.address in first:
                other = setting(plan, environment, "hdfs", "nodes", first[node.address], "address")
                yield codes.DUPLICATE_ADDRESS.at(
                    setting(plan, environment, "hdfs", "nodes", index, "address"),
                    f"two nodes have the address `{node.address}`",
                    related=(Label(other, "the first one"),),
                    help="correct the address, or list all names of the machine in one entry",
                )
            first.setdefault(node.address, index)


RULE = Fact(codes.DUPLICATE_ADDRESS, __doc__, _find)
