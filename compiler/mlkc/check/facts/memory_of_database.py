"""What: the database's buffer pool leaves too little of the container's memory for all else.

Why: the pool fills as pages are read. Connections, sorts and the server itself need memory beside it, and a container
above its limit is killed in the middle of its work. MySQL's manual names 80 % of a machine's memory as a usual most.

Bad:
```yaml
database:
  config: {innodb_buffer_pool_size: 2G}
  resources: {limits: {memory: 2Gi}}
```

Good:
```yaml
database:
  config: {innodb_buffer_pool_size: 2G}
  resources: {limits: {memory: 3Gi}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import output_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan
from mlkc.text import quantity

_POOL = "innodb_buffer_pool_size"
_MOST = 80
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.database.server
        size = _bytes(dict(server.config).get(_POOL, "")) if server else None
        if server is None or size is None:
            continue
        limit = server.resources.memory_limit
        room = quantity.parse(limit or "")
        if room is not None and size * 100 > int(room) * _MOST:
            least = -(-size * 100 // _MOST // 2**20)
            yield codes.MEMORY_OF_DATABASE.at(
                setting(plan, environment, "database", "config", _POOL),
                f"the buffer pool takes {size * 100 // int(room)} % of the {limit} that the database may use",
                help=f"write a smaller pool, or `database.resources.limits.memory: {least}Mi` or more",
            )


def _bytes(text: str) -> int | None:
    """An amount as the server reads it: a whole number and a unit of 1024."""
    match = re.fullmatch(r"([0-9]+)([KMGT]?)", text.strip(), re.IGNORECASE)
    return int(match[1]) * 1024 ** _POWERS[match[2].upper()] if match else None


RULE = Fact(codes.MEMORY_OF_DATABASE, __doc__, _find)
