"""What: a Python package that is compiled against a system library that the image lacks.

Why: the package index has no Linux wheel of it: pip compiles it, and stops at the missing headers.

Bad:
```yaml
images:
  server:
    packages: [mysqlclient==2.3.1]
```

Good:
```yaml
images:
  server:
    packages: [boto3==1.40.1]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import drivers
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    compiled = {row.requirement: row for row in drivers.DRIVERS if row.needs_mysql_library and not row.wheel}
    for build in plan.images:
        for requirement in build.python.requirements:
            name = requirement.text.partition("==")[0].lower()
            if name in compiled and requirement.path[:1] == ("images",):
                yield codes.DRIVER_LIBRARY.at(
                    InSpec(requirement.path),
                    f"`{requirement.text}` is compiled against MySQL's library, which the image does not have",
                    help="leave it out, and write `database.driver: mysqlclient` if `pymysql` does not do",
                )


RULE = Fact(codes.DRIVER_LIBRARY, __doc__, _find)
