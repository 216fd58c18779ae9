"""What: the images start from a Debian release that gets no security updates any more.

Why: what is found in its packages from that day on stays open. Later the release leaves the default archive,
mirrors drop it, and only archive.debian.org serves it.

Bad:
```yaml
images:
  debian: bullseye
  java: 17
```

Good:
```yaml
images:
  debian: bookworm
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
    release = debian.by_codename(plan.images[0].debian)
    if release is None or release.support != "ended":
        return
    newest = debian.RELEASES[-1].codename
    supported = ", ".join(f"`{row.codename}`" for row in debian.RELEASES if row.support != "ended")
    archive = ("it has left the default archive: archive.debian.org serves it",) if release.archived else ()
    yield codes.ENDED_DEBIAN.at(
        InSpec(("images", "debian")),
        f"Debian {release.codename} has had no security updates since {release.lts_until}",
        notes=(*archive, f"{newest} gets them until {debian.RELEASES[-1].lts_until}"),
        help=f"write one that gets them: {supported}",
    )


RULE = Fact(codes.ENDED_DEBIAN, __doc__, _find)
