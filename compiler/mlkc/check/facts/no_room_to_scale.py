"""What: an autoscaler whose bounds leave it nothing to decide.

Why: with one bound at the other the number of pods is fixed; with the upper below the lower the API server refuses it.

Bad:
```yaml
server:
  autoscale: {min: 4, max: 4}
```

Good:
```yaml
server:
  autoscale: {min: 2, max: 4}
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
        scale = server.autoscale
        if scale is not None and scale.min >= scale.max:
            yield codes.NO_ROOM_TO_SCALE.at(
                setting(plan, environment, "server", "autoscale", "max"),
                f"at least {scale.min} pods and at most {scale.max} leave the autoscaler nothing to decide",
                help=f"write a `max` above {scale.min}, or `replicas: {scale.max}` in the place of `autoscale`",
            )


RULE = Fact(codes.NO_ROOM_TO_SCALE, __doc__, _find)
