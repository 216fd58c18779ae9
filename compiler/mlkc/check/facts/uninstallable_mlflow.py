"""What: an MLflow release that depends on a package that was not in the index when mlkc looked.

Why: MLflow is published in parts, and pip installs none of them while one is missing.

Bad:
```yaml
mlflow:
  version: 3.18.0
```

Good:
```yaml
mlflow:
  version: 3.17.2
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import mlflow
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    version = plan.images[0].mlflow
    row = mlflow.by_version(version)
    if row is None or row.installable or row.version != version:
        return
    newest = mlflow.newest_for(plan.images[0].python.series)
    yield codes.UNINSTALLABLE_MLFLOW.at(
        InSpec(("mlflow", "version")),
        f"MLflow {version} depends on a package that was not in the index",
        notes=(f"as of {row.source.date}",),
        help=f"write `{newest.version}`, the newest that installs" if newest else "write an older release",
    )


RULE = Fact(codes.UNINSTALLABLE_MLFLOW, __doc__, _find)
