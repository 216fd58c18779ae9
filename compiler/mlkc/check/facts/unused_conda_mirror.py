"""What: a mirror is named for conda, and no image has conda.

Why: the setting reads as if packages came through that mirror, and changes nothing.

Bad:
```yaml
mirrors:
  conda: tuna
```

Good:
```yaml
mirrors:
  conda: tuna
images:
  conda:
    channel: conda-forge
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    # `mirrors: NAME` is for all kinds, whichever there are.
    if ("mirrors", "conda") in plan.written and plan.images[0].conda is None:
        yield codes.UNUSED_CONDA_MIRROR.at(
            InSpec(("mirrors", "conda")),
            "no image has conda, so nothing comes through this mirror",
            help="leave it out, or write `images.conda`",
        )


RULE = Fact(codes.UNUSED_CONDA_MIRROR, __doc__, _find)
