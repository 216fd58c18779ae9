"""What: the name node is written by its address although the nodes have names.

Why: artifact locations are stored in the database with the name node in them. When its address changes every
stored location is wrong, while a name only has to lead somewhere else.

Bad:
```yaml
hdfs:
  nameNode: hdfs://192.168.10.145:8020
  nodes:
    - address: 192.168.10.145
      hostnames: [nn.example.com]
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

from mlkc.check.facts.model import Fact, host_of, is_address, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        hdfs = environment.stack.hdfs
        uri = dict(hdfs.core_site)["fs.defaultFS"]
        host = host_of(uri)
        if not hdfs.nodes or not is_address(host):
            continue
        named = next((node.hostnames[0] for node in hdfs.nodes if node.address == host), None)
        yield codes.NAME_NODE_BY_ADDRESS.at(
            setting(plan, environment, "hdfs", "nameNode"),
            f"the name node is written by its address, `{host}`",
            notes=("where clients write artifacts themselves, each run's location in the database holds it",),
            help=f"write its name: `{uri.replace(f'[{host}]', host).replace(host, named)}`"
            if named
            else "add it to `hdfs.nodes` and write its name",
        )


RULE = Fact(codes.NAME_NODE_BY_ADDRESS, __doc__, _find)
