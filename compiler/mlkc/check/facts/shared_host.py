"""What: two environments are reached at the same host.

Why: in one cluster the two ingresses fight for the host, and which one answers is chance; in two clusters the
name can lead to one of them only.

Bad:
```yaml
server:
  ingress:
    host: mlflow.example.com
    tlsSecret: mlflow-tls
environments:
  dev: {}
  prod: {}
```

Good:
```yaml
server:
  ingress:
    host: mlflow.example.com
    tlsSecret: mlflow-tls
environments:
  dev:
    server:
      ingress:
        host: mlflow.dev.example.com
  prod: {}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import EnvironmentPlan, Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    reached: dict[str, list[EnvironmentPlan]] = {}
    for environment in plan.environments:
        ingress = environment.stack.server.ingress
        if ingress is not None:
            reached.setdefault(ingress.host, []).append(environment)
    for host, environments in reached.items():
        if len(environments) > 1:
            names = " and ".join(f"`{environment.name}`" for environment in environments)
            yield codes.SHARED_HOST.at(
                setting(plan, environments[-1], "server", "ingress", "host"),
                f"{names} are reached at the same host, `{host}`",
                help="give each environment a `server.ingress.host` of its own",
            )


RULE = Fact(codes.SHARED_HOST, __doc__, _find)
