"""What: the database is of a series that gets no updates any more.

Why: MLflow's metadata, and the passwords of whoever may read it, lie on a server whose faults are known and
stay open.

Bad:
```yaml
database:
  engine: mysql
  version: 8.0.46
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
from mlkc.catalog.source import certain
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan

_BY_ITSELF = "a server upgrades the data of the long-term series before it, not of older ones"
_UPGRADE = {
    "postgresql": "a server does not read the data of another series: dump it there and restore it here"
}


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        wanted = environment.stack.database.server
        if wanted is None:
            continue
        row = database.by_version(wanted.engine, wanted.version)
        if (
            wanted.image.repository != engines.image(wanted.engine)
            or row is None
            or not certain(row, "until")
        ):
            continue
        # Compared with the month of the look, never with the clock.
        if row.until[:7] < row.source.date:
            alive = [
                one
                for one in database.SERVERS
                if one.engine == row.engine and one.until[:7] >= one.source.date
            ]
            names = ", ".join(f"`{one.tag}`" for one in alive)
            yield codes.ENDED_DATABASE.at(
                setting(plan, environment, "database", "version"),
                f"{wanted.engine} {row.series} has had no updates since {row.until}",
                notes=(_UPGRADE.get(wanted.engine, _BY_ITSELF),),
                help=f"write a release of a series that gets them: {names}",
            )


RULE = Fact(codes.ENDED_DATABASE, __doc__, _find)
