"""What: the Kubernetes version gets no patches any more.

Why: the cluster has faults that are known and stay open, and the next upgrade spans more minors than Kubernetes
supports in one step.

Bad:
```yaml
kubernetes:
  version: "1.30"
```

Good:
```yaml
kubernetes:
  version: "1.36"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import kubernetes
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    rows = {row.minor: row for row in kubernetes.MINORS}
    alive = ", ".join(f'`"{row.minor}"`' for row in kubernetes.MINORS if row.supported)
    for environment in plan.environments:
        row = rows.get(environment.stack.kubernetes)
        if row is not None and not row.supported:
            yield codes.ENDED_KUBERNETES.at(
                setting(plan, environment, "kubernetes", "version"),
                f"Kubernetes {row.minor} has had no patches since {row.until}",
                notes=("a provider may patch it longer",),
                help=f"upgrade the cluster, then write its version; upstream patches {alive}",
            )


RULE = Fact(codes.ENDED_KUBERNETES, __doc__, _find)
