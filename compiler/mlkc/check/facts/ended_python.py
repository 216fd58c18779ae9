"""What: the images have a Python that gets no security updates any more.

Why: the official image of such a Python is not rebuilt either, so that its Debian packages age with it, and new
releases of Python packages stop supporting it.

Bad:
```yaml
images:
  python: "3.9"
mlflow:
  version: 2.22.5
```

Good:
```yaml
images:
  python: "3.12"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import python
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    row = python.by_series(build.python.series)
    # Compared with the month of the look, never with the clock.
    if row is None or row.security_until[:7] >= row.source.date:
        return
    # conda brings another build of it.
    image = python.image(row.series, build.debian) if build.conda is None else None
    built = image.last_built if image else None
    alive = ", ".join(f"`{one.series}`" for one in python.SERIES if one.security_until[:7] >= one.source.date)
    yield codes.ENDED_PYTHON.at(
        InSpec(("images", "python")),
        f"Python {row.series} has had no security updates since {row.security_until}",
        notes=(f"its official image on {build.debian} was last built in {built}",) if built else (),
        help=f"write one that gets them: {alive}",
    )


RULE = Fact(codes.ENDED_PYTHON, __doc__, _find)
