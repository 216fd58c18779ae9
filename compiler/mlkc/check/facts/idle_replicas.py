"""What: `replicas` beside `autoscale`, in the same section.

Why: the autoscaler decides how many pods there are; the number would be read by nobody.

Bad:
```yaml
server:
  replicas: 3
  autoscale: {max: 6}
```

Good:
```yaml
server:
  autoscale: {min: 3, max: 6}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        if server.autoscale is None:
            continue
        sections = (("environments", environment.name, "server"), ("server",))
        # A number for all environments and an autoscaler in one of them is no contradiction.
        for section in sections:
            if {(*section, "replicas"), (*section, "autoscale")} <= plan.written:
                yield codes.IDLE_REPLICAS.at(
                    InSpec((*section, "replicas")),
                    f"`replicas: {server.replicas}` has no effect beside `autoscale`",
                    help="leave it out, and write the smallest number of pods as `autoscale.min`",
                )
                break


RULE = Fact(codes.IDLE_REPLICAS, __doc__, _find)
