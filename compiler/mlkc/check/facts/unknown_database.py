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

from mlkc.catalog import database, engines
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.database import DatabaseServerPlan
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        wanted = environment.stack.database.server
        if wanted is None:
            continue
        name = database.series_of(wanted.engine, wanted.version)
        known = [row.series for row in database.SERVERS if row.engine == wanted.engine]
        if (
            wanted.image.repository != engines.image(wanted.engine)
            or not _names_series(wanted)
            or name in known
        ):
            continue
        yield codes.UNKNOWN_DATABASE.at(
            setting(plan, environment, "database", "version"),
            f"mlkc knows no {wanted.engine} {name}",
            notes=("it knows the long-term series: " + ", ".join(known),),
            help=f"write a release of one of them, such as `{_newest(wanted.engine)}`",
        )


def _names_series(server: DatabaseServerPlan) -> bool:
    """Whether the version says at least the series; less is a floating tag, which has a rule of its own."""
    return server.engine == "postgresql" or "." in server.version


def _newest(engine: str) -> str:
    return [row.tag for row in database.SERVERS if row.engine == engine and row.lts][-1]


RULE = Fact(codes.UNKNOWN_DATABASE, __doc__, _find)
