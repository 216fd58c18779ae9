"""What: the Python in the images is too old for this MLflow.

Why: each MLflow names the oldest Python that it supports, and pip refuses to install it on an older one: the
images can't be built.

Bad:
```yaml
images:
  python: "3.9"
mlflow:
  version: 3.17.2
```

Good:
```yaml
images:
  python: "3.9"
mlflow:
  version: 3.1.4
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import mlflow
from mlkc.catalog.version import at_least
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    row = mlflow.by_version(build.mlflow)
    series = build.python.series
    if row is None or at_least(series, row.python_min):
        return
    newest = mlflow.newest_for(series)
    other = f", or MLflow {newest.version}, the newest for Python {series}" if newest else ""
    yield codes.MLFLOW_PYTHON.at(
        InSpec(("mlflow", "version")),
        f"MLflow {build.mlflow} does not install on Python {series}",
        notes=(f"it needs Python {row.python_min} or newer",),
        help=f'write `python: "{row.python_min}"` or newer under `images`{other}',
    )


RULE = Fact(codes.MLFLOW_PYTHON, __doc__, _find)
