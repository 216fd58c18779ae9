"""What: a variable that this version of the database server does not have.

Why: a server that finds an unknown name in its file refuses to start, and the pod with it, for ever. MySQL dropped
names from one series to the next, and MariaDB never had many of MySQL's.

Bad:
```yaml
database:
  version: 8.4.11
  config: {default_authentication_plugin: mysql_native_password}
```

Good:
```yaml
database:
  version: 8.4.11
  config: {authentication_policy: caching_sha2_password}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog.source import certain
from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.database import DatabaseServerPlan
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.database.server
        if server is None or not server.config:
            continue
        for name, _ in server.config:
            found = _fault(server, name)
            if found is not None:
                message, instead = found
                yield codes.UNKNOWN_SERVER_VARIABLE.at(
                    InSpec(setting(plan, environment, "database", "config", name).path, key=True),
                    message,
                    help=f"write `{instead}` instead" if instead else "leave it out",
                )


def _fault(server: DatabaseServerPlan, name: str) -> tuple[str, str | None] | None:
    """What is wrong with a name, and what to write instead; None where nothing is."""
    from mlkc.catalog.database import removed_flag  # noqa: PLC0415  few stacks set variables
    from mlkc.catalog.server_options import foreign  # noqa: PLC0415

    removed = removed_flag(server.engine, name, server.version)
    if removed is not None and certain(removed, "removed_in"):
        message = f"`{name}` is gone since {server.engine} {removed.removed_in}, and this is {server.version}"
        instead = removed.replacement
        return message, instead.replace("-", "_") if instead else None
    other = foreign(server.engine, name)
    if other is not None:
        return f"{server.engine} has no `{name}`, which is another server's", other.replacement
    return None


RULE = Fact(codes.UNKNOWN_SERVER_VARIABLE, __doc__, _find)
