"""What: mlkc has no lock of what this MLflow needs on this Python.

Why: MLflow needs about a hundred packages and bounds few of them. Without a lock pip takes the newest of each
on the day of the build, so an image that is built again may hold something else, or fail.

Bad:
```yaml
mlflow:
  version: 3.5.1
```

Good:
```yaml
mlflow:
  version: 3.17.2
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import lock_recipes, mlflow
from mlkc.catalog.version import at_least
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    series = build.python.series
    row = mlflow.by_version(build.mlflow)
    # What can't be installed at all needs no lock, and is reported by another rule.
    impossible = row is not None and not at_least(series, row.python_min)
    if impossible or lock_recipes.find(series, build.mlflow) is not None:
        return
    locked = [row.mlflow for row in lock_recipes.RECIPES if row.python == series]
    yield codes.UNLOCKED_PACKAGES.at(
        InSpec(("mlflow", "version")),
        f"mlkc has no lock of what MLflow {build.mlflow} needs on Python {series}",
        notes=("what it needs in turn is chosen on the day that the image is built",),
        help="write "
        + " or ".join(f"`{version}`" for version in locked)
        + ", or keep the image that you have tried"
        if locked
        else "keep the image that you have tried",
    )


RULE = Fact(codes.UNLOCKED_PACKAGES, __doc__, _find)
