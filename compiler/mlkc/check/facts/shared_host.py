"""What: two environments are reached at the same host.

Why: in one cluster the two ingresses or routes fight for the host, and which one answers is chance; in two clusters the
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
    reached: dict[str, dict[str, tuple[EnvironmentPlan, str]]] = {}
    for environment in plan.environments:
        server = environment.stack.server
        ways = (("ingress", server.ingress), ("gateway", server.gateway))
        for way, access in ways:
            if access is not None:
                # Below paths of their own they are not in each other's way.
                place = f"{access.host}{server.static_prefix or ''}"
                reached.setdefault(place, {})[environment.name] = (environment, way)
    for place, environments in reached.items():
        if len(environments) > 1:
            names = " and ".join(f"`{name}`" for name in environments)
            last, way = [*environments.values()][-1]
            yield codes.SHARED_HOST.at(
                setting(plan, last, "server", way, "host"),
                f"{names} are reached at the same host, `{place}`",
                help=f"give each environment a `server.{way}.host` of its own, or a `server.staticPrefix`",
            )


RULE = Fact(codes.SHARED_HOST, __doc__, _find)
