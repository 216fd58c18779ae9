"""What: conda takes packages from Anaconda's own channels.

Why: their terms ask larger organisations (above 200 people) for a paid licence, a mirror of them included. The
channel conda-forge is free.

Bad:
```yaml
images:
  conda:
    channel: defaults
```

Good:
```yaml
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
    conda = plan.images[0].conda
    if conda is not None and conda.channel == "defaults":
        yield codes.CONDA_LICENCE.at(
            InSpec(("images", "conda", "channel")),
            "the channel `defaults` wants a paid licence of organisations above 200 people",
            help="write `channel: conda-forge`, or accept this with the reason",
        )


RULE = Fact(codes.CONDA_LICENCE, __doc__, _find)
