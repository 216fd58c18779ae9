"""What: the database is of a series that the catalogue does not have.

Why: the catalogue has the series that get long-term updates. What lies between them lives for a few months, and
mlkc has tried nothing with it: the numeric user of its image, its options, its probes.

Bad:
```yaml
database:
  engine: mysql
  version: 9.1.0
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

from mlkc.catalog import database
from mlkc.catalog.version import series
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        wanted = environment.stack.database.server
        if wanted is None:
            continue
        name = series(wanted.version)
        known = [row.series for row in database.SERVERS if row.engine == wanted.engine]
        if wanted.image.repository != wanted.engine or "." not in wanted.version or name in known:
            continue
        yield codes.UNKNOWN_DATABASE.at(
            setting(plan, environment, "database", "version"),
            f"mlkc knows no {wanted.engine} {name}",
            notes=("it knows the long-term series: " + ", ".join(known),),
            help=f"write a release of one of them, such as `{_newest(wanted.engine)}`",
        )


def _newest(engine: str) -> str:
    return [row.tag for row in database.SERVERS if row.engine == engine and row.lts][-1]


RULE = Fact(codes.UNKNOWN_DATABASE, __doc__, _find)
