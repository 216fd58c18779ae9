"""What: the Java in the images is none that the HDFS client of this Hadoop runs on.

Why: Hadoop calls internals of the Java runtime, and newer releases closed or removed some of them: the client
then fails when it opens its first connection, which is when the first run logs an artifact.

Bad:
```yaml
images:
  java: 25
  hadoop:
    version: 3.3.6
```

Good:
```yaml
images:
  java: 17
  hadoop:
    version: 3.3.6
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import java
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    runs_on = java.supported(build.hadoop.version)
    if not runs_on or build.java.major in runs_on:
        return
    majors = " or ".join(str(major) for major in runs_on)
    yield codes.HADOOP_JAVA.at(
        InSpec(("images", "java")),
        f"the client of Hadoop {build.hadoop.version} is not made for Java {build.java.major}",
        notes=(f"it runs on Java {majors}",),
        help=f"write `java: {runs_on[-1]}`, or another `images.hadoop.version`",
    )


RULE = Fact(codes.HADOOP_JAVA, __doc__, _find)
