"""What: `drain` is not shorter than `gracePeriod`.

Why: the grace period begins with the drain. A pod that drains to its end is killed at once, with its requests.

Bad:
```yaml
server:
  drain: 60
  gracePeriod: 60
```

Good:
```yaml
server:
  drain: 10
  gracePeriod: 60
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        if server.drain >= server.grace_period:
            yield codes.LONG_DRAIN.at(
                setting(plan, environment, "server", "drain"),
                f"a drain of {server.drain} s takes all of the grace period of {server.grace_period} s",
                help="write a longer `gracePeriod`, or a shorter `drain`",
            )


RULE = Fact(codes.LONG_DRAIN, __doc__, _find)
