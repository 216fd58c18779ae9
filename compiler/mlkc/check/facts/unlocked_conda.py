"""What: conda installs packages that no lock holds.

Why: mlkc has locks of what pip installs, and none of what conda does: conda chooses the newest versions that fit on
the day of the build, so an image that is built again may hold something else, or fail.

Bad:
```yaml
images:
  conda:
    channel: conda-forge
```

Good:
```yaml
images:
  python: "3.11"
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
    if conda is None:
        return
    loose = [entry.text for entry in conda.packages if entry.text.count(".") < 2]
    yield codes.UNLOCKED_CONDA.at(
        InSpec(("images", "conda"), key=True),
        "nothing locks what conda installs",
        notes=(f"not one exact version: {', '.join(f'`{text}`' for text in loose)}",) if loose else (),
        help="pin what you have tried under `images.conda.packages`, and keep the image that works",
    )


RULE = Fact(codes.UNLOCKED_CONDA, __doc__, _find)
