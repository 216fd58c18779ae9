"""What: MLflow connects to the database as its administrator.

Why: whoever gets hold of the server's password, or finds a hole in it, may then do anything to the database
server: read other databases, make users, drop everything. A user of its own has rights in one database only.

Bad:
```yaml
database:
  user: root
```

Good:
```yaml
database:
  user: mlflow
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import engines
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.database import DatabasePlan
from mlkc.plan.plan import Plan


def _root(database: DatabasePlan) -> str | None:
    engine = engines.by_name(database.engine)
    return engine.root if engine else None


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        if environment.stack.database.user == _root(environment.stack.database):
            yield codes.ROOT_DATABASE_USER.at(
                setting(plan, environment, "database", "user"),
                f"MLflow is `{environment.stack.database.user}` in its database server",
                notes=(
                    "the image makes the user on the first start only: an existing volume keeps the users it has",
                ),
                help="leave `database.user` out to get a user with rights in the one database",
            )


RULE = Fact(codes.ROOT_DATABASE_USER, __doc__, _find)
