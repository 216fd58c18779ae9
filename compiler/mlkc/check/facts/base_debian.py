"""What: the base image is of another Debian than `images.debian` says.

Why: the package sources, their pins and the way Java gets in are chosen for the release that the spec names; on
another one apt finds other versions and the build fails.

Bad:
```yaml
images:
  debian: bookworm
  base: registry.example.com/python:3.11-slim-trixie
```

Good:
```yaml
images:
  debian: bookworm
  base: registry.example.com/python:3.11-slim-bookworm
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import debian
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    tag = build.base.partition("@")[0].rpartition(":")[2]
    words = set(tag.replace(".", "-").replace("_", "-").split("-"))
    named = [row.codename for row in debian.RELEASES if row.codename in words]
    if not named or build.debian in named:
        return
    yield codes.BASE_DEBIAN.at(
        InSpec(("images", "base")),
        f"`{build.base}` is of Debian {named[0]}, and the image is made for {build.debian}",
        help=f"write `debian: {named[0]}` under `images`, or a base of {build.debian}",
    )


RULE = Fact(codes.BASE_DEBIAN, __doc__, _find)
