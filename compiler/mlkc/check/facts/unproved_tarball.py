"""What: a Hadoop tarball from the build folder whose checksum is known neither to mlkc nor to the spec.

Why: the build then takes whatever lies there under the right name: a broken download, or something else.

Bad:
```yaml
images:
  hadoop:
    version: 3.4.77
    source: folder
```

Good:
```yaml
images:
  hadoop:
    source: folder
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    hadoop = plan.images[0].hadoop
    if hadoop.sha512 is None:
        yield codes.UNPROVED_TARBALL.at(
            InSpec(("images", "hadoop", "version")),
            f"nothing proves that `{hadoop.tarball}` is Hadoop {hadoop.version}",
            help="write its checksum as `images.hadoop.sha512`; it stands beside the tarball on archive.apache.org",
        )


RULE = Fact(codes.UNPROVED_TARBALL, __doc__, _find)
