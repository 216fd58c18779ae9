"""What: the version of the database is a series, not one release.

Why: the version is the image's tag, and a tag such as `8.4` or `8` moves: a pod that starts on another node may
run a newer server, which upgrades the data on the volume, and there is no way back.

Bad:
```yaml
database:
  engine: mysql
  version: "8"
```

Good:
```yaml
database:
  engine: mysql
  version: 8.4.11
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import database, engines
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        wanted = environment.stack.database.server
        if wanted is None:
            continue
        if wanted.image.repository != engines.image(wanted.engine) or database.is_release(
            wanted.engine, wanted.version
        ):
            continue
        fits = [
            row.tag
            for row in database.SERVERS
            if row.engine == wanted.engine and _within(row.tag, wanted.version)
        ]
        yield codes.FLOATING_DATABASE.at(
            setting(plan, environment, "database", "version"),
            f"the tag `{wanted.image.repository}:{wanted.version}` moves to each new release",
            help=f"write one release, such as `{fits[-1]}`"
            if fits
            else "write one release, with all its numbers",
        )


def _within(tag: str, version: str) -> bool:
    return tag.startswith(f"{version}.")


RULE = Fact(codes.FLOATING_DATABASE, __doc__, _find)
