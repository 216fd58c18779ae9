"""What: a disruption budget that lets all pods be taken at a time.

Why: it is there so that the draining of a node leaves a pod that answers; this one protects none.

Bad:
```yaml
server:
  replicas: 2
  maxUnavailable: 2
```

Good:
```yaml
server:
  replicas: 2
  maxUnavailable: 1
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan
from mlkc.text import share


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        least = server.autoscale.min if server.autoscale else server.replicas
        most = server.max_unavailable
        if most is not None and share.pods(most, least, up=True) >= least:
            yield codes.IDLE_BUDGET.at(
                setting(plan, environment, "server", "maxUnavailable"),
                f"of {least} pod{'' if least == 1 else 's'} in `{environment.name}`, {most} may be taken at a time, "
                "which leaves none",
                help="write at least one pod more, or leave `maxUnavailable` out",
            )


RULE = Fact(codes.IDLE_BUDGET, __doc__, _find)
