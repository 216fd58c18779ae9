"""What: the Java in the client is none that this Spark runs on.

Why: Spark starts the Java of the image, and with one that it was not built for the session fails when it starts
or, worse, in the middle of a job.

Bad:
```yaml
images:
  java: 17
  spark: 2.4.8
```

Good:
```yaml
images:
  java: 17
  spark: 3.5.8
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import spark
from mlkc.check.facts.model import Fact, client_build, spark_version
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = client_build(plan)
    version = spark_version(build) if build else ""
    row = spark.by_version(version) if version else None
    if build is None or row is None or build.java.major in row.java:
        return
    majors = " or ".join(str(major) for major in row.java)
    fitting = [one.latest for one in spark.SERIES if build.java.major in one.java]
    other = f", or a Spark that runs on this one, such as `{fitting[-1]}`" if fitting else ""
    yield codes.SPARK_JAVA.at(
        InSpec(("images", "spark")),
        f"Spark {version} is not made for Java {build.java.major}",
        notes=(f"Spark {row.series} runs on Java {majors}",),
        help=f"write `java: {row.java[-1]}` under `images`{other}",
    )


RULE = Fact(codes.SPARK_JAVA, __doc__, _find)
