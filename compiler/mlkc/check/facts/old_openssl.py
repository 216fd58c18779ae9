"""What: conda is to install an OpenSSL that the Python can't be linked to.

Why: from 3.10 on Python needs OpenSSL 1.1.1 (PEP 644), so conda finds no solution.

Bad:
```yaml
images:
  python: "3.11"
  conda:
    packages: [openssl=1.0.2r]
```

Good:
```yaml
images:
  python: "3.11"
  conda:
    packages: [openssl=1.1.1w]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import python
from mlkc.check.facts.model import Fact
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    build = plan.images[0]
    series = python.by_series(build.python.series)
    if build.conda is None or series is None or not series.openssl_110:
        return
    for entry in build.conda.packages:
        name, _, version = entry.text.partition("=")
        if name == "openssl" and version.startswith(("0.", "1.0")):
            yield codes.OLD_OPENSSL.at(
                InSpec(entry.path),
                f"Python {series.series} needs OpenSSL 1.1.1 or newer, and this pins {version}",
                help="leave the pin out, or write a Python below 3.10",
            )


RULE = Fact(codes.OLD_OPENSSL, __doc__, _find)
