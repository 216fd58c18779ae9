"""What: the server's memory limit is below what its workers need.

Why: each worker holds about 240 MiB once it has loaded MLflow, measured without any work. Above the limit the
kernel kills a worker in the middle of a request, again and again.

Bad:
```yaml
server:
  workers: 8
  resources:
    limits:
      memory: 1Gi
```

Good:
```yaml
server:
  workers: 8
  resources:
    limits:
      memory: 8Gi
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan
from mlkc.text import quantity

_WORKER = 240 * 1024**2


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        limit = quantity.parse(server.resources.memory_limit or "")
        if limit is None or limit >= server.workers * _WORKER:
            continue
        needed = server.workers * 240
        yield codes.MEMORY_OF_WORKERS.at(
            setting(plan, environment, "server", "resources", "limits", "memory"),
            f"{server.workers} workers need {needed} MiB, and the limit is `{server.resources.memory_limit}`",
            notes=("about 240 MiB each without any work, and a Java runtime beside it for HDFS",),
            help="leave the limit out to get one that fits, raise it, or write fewer `workers`",
        )


RULE = Fact(codes.MEMORY_OF_WORKERS, __doc__, _find)
