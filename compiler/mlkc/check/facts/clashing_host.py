"""What: one host name stands at two nodes of HDFS, or is that of a Service of the stack.

Why: the pods look the name up in /etc/hosts, which gives the first address or both, and is asked before DNS; half of
the reads then go to the wrong machine, or the server looks for its database on an HDFS node.

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
from mlkc.plan.stack import StackPlan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        first: dict[str, InSpec] = {}
        services = set(_services(environment.stack))
        for index, node in enumerate(environment.stack.hdfs.nodes):
            for position, name in enumerate(node.hostnames):
                place = setting(plan, environment, "hdfs", "nodes", index, "hostnames", position)
                if name in services:
                    yield codes.CLASHING_HOST.at(
                        place,
                        f"the host name `{name}` is that of a Service of `{environment.name}`, which its pods would "
                        "look for on this node",
                        help="give the node its own name, or the stack another `name`",
                    )
                if name in first:
                    yield codes.CLASHING_HOST.at(
                        place,
                        f"the host name `{name}` stands in the list twice",
                        related=(Label(first[name], "the first one"),),
                        help="leave it at the machine that it belongs to",
                    )
                first.setdefault(name, place)


def _services(stack: StackPlan) -> Iterator[str]:
    """Every name by which pods find the stack's own Services."""
    server, database, client = stack.server, stack.database.server, stack.client
    own = [server.object, *([database.object] if database else [])]
    own += [server.login.object] if server.login else []
    if client is not None:
        own += [client.object, *([client.spark.host.partition(".")[0]] if client.spark else [])]
    for name in own:
        for suffix in ("", ".svc", ".svc.cluster.local"):
            yield f"{name}.{stack.namespace}{suffix}"
        yield name


RULE = Fact(codes.CLASHING_HOST, __doc__, _find)
