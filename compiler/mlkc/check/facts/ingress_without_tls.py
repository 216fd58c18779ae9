"""What: the server is reached from outside by plain http.

Why: whoever can see the traffic reads and changes parameters, metrics and models, and takes over sessions.

Bad:
```yaml
server:
  ingress:
    host: mlflow.example.com
```

Good:
```yaml
server:
  ingress:
    host: mlflow.example.com
    tlsSecret: mlflow-tls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        ingress, gateway = environment.stack.server.ingress, environment.stack.server.gateway
        if ingress is not None and ingress.tls_secret is None:
            yield codes.INGRESS_WITHOUT_TLS.at(
                setting(plan, environment, "server", "ingress", "host"),
                f"`{ingress.host}` is served by plain http",
                help="write the Secret with its certificate as `tlsSecret`; accept this where something before the "
                "ingress ends TLS",
            )
        if gateway is not None and not gateway.tls:
            yield codes.INGRESS_WITHOUT_TLS.at(
                setting(plan, environment, "server", "gateway", "tls"),
                f"`{gateway.host}` is served by plain http",
                help="take a `listener` of the Gateway that has a certificate, and delete `tls: false`; accept this "
                "where something before the Gateway ends TLS",
            )


RULE = Fact(codes.INGRESS_WITHOUT_TLS, __doc__, _find)
