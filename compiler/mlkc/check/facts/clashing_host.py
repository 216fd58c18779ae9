"""What: one host name stands at two nodes of HDFS.

Why: the pods look the name up in /etc/hosts, which gives the first address or both; half of the reads then go
to the wrong machine.

Bad:
```yaml
hdfs:
  nodes:
    - address: 192.168.10.145
      hostnames: [namenode.example.com]
    - address: 192.168.10.146
      hostnames: [dn1.example.com, namenode.example.com]
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
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        first: dict[str, InSpec] = {}
        for index, node in enumerate(environment.stack.hdfs.nodes):
            for position, name in enumerate(node.hostnames):
                place = setting(plan, environment, "hdfs", "nodes", index, "hostnames", position)
                if name in first:
                    yield codes.CLASHING_HOST.at(
                        place,
                        f"the host name `{name}` stands in the list twice",
                        related=(Label(first[name], "the first one"),),
                        help="leave it at the machine that it belongs to",
                    )
                first.setdefault(name, place)


RULE = Fact(codes.CLASHING_HOST, __doc__, _find)
