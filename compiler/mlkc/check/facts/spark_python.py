"""What: the Python in the client is older or newer than this Spark runs on.

Why: an older one does not install pyspark; with a newer one it installs, and fails to send functions to its
workers.

Bad:
```yaml
images:
  python: "3.9"
  spark: 4.1.4
mlflow:
  version: 2.22.5
```

Good:
```yaml
images:
  python: "3.11"
  spark: 3.5.8
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import spark
from mlkc.catalog.version import at_least
from mlkc.check.facts.model import Fact, client_build, spark_version
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = client_build(plan)
    version = spark_version(build) if build else ""
    row = spark.by_version(version) if version else None
    if build is None or row is None:
        return
    series = build.python.series
    if not at_least(series, row.python_min):
        fault, bound = "too old", f"it needs {row.python_min} or newer"
    elif row.python_max is not None and not at_least(row.python_max, series):
        fault, bound = "too new", f"it runs on {row.python_max} or older"
    else:
        return
    yield codes.SPARK_PYTHON.at(
        InSpec(("images", "spark")),
        f"Python {series} is {fault} for Spark {version}",
        notes=(bound,),
        help="write another `images.python` or `images.spark`, or leave `spark` out to get one that fits",
    )


RULE = Fact(codes.SPARK_PYTHON, __doc__, _find)
