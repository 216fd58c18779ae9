"""What: Python packages come from an index by plain http.

Why: whoever stands between the build and the index can put other packages in, and pip runs what it installs.
apt and the Hadoop tarball are proved by signatures and checksums, pip is not.

Bad:
```yaml
mirrors:
  pip: http://pypi.example.com/simple
```

Good:
```yaml
mirrors:
  pip: https://pypi.example.com/simple
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    index = plan.images[0].python.index
    if index is not None and index.url.startswith("http://"):
        yield codes.PLAIN_INDEX.at(
            InSpec(("mirrors", "pip")),
            f"Python packages come from `{index.url}` by plain http",
            help="write its https address",
        )


RULE = Fact(codes.PLAIN_INDEX, __doc__, _find)
