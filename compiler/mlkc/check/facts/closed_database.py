"""What: network policies are on, and none of them lets the server reach a database outside the stack.

Why: a policy allows addresses, not names. Without the address of the database the server's pods wait for it for ever,
and nothing says that a policy is the cause.

Bad:
```yaml
database:
  external: {host: db.example.com}
networkPolicies:
  hdfs: [10.20.0.0/16]
```

Good:
```yaml
database:
  external: {host: db.example.com}
networkPolicies:
  hdfs: [10.20.0.0/16]
  database: [10.30.0.7/32]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, is_address, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        network, database = environment.stack.network, environment.stack.database
        if (
            network is None
            or database.server is not None
            or database.file is not None
            or is_address(database.host)
        ):
            continue
        if any(edge.path[:2] == ("networkPolicies", "database") for edge in network.edges):
            continue
        yield codes.CLOSED_DATABASE.at(
            setting(plan, environment, "networkPolicies"),
            f"no policy allows the way to the database at `{database.host}`, since nothing says its address",
            help="write the addresses or ranges of the database server as `networkPolicies.database`",
        )


RULE = Fact(codes.CLOSED_DATABASE, __doc__, _find)
