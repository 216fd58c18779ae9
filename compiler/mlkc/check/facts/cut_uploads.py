"""What: artifacts go through an ingress that may refuse or cut them.

Why: an artifact is one request of any size and duration. Many controllers refuse a body above 1 MB or end a request
after a minute, and the first model that is larger fails. Most can be told by annotations, which are written where the
controller is known by its class or by `controller`; the rest is a setting of the controller itself.

Bad:
```yaml
server:
  artifacts: proxied
  ingress:
    host: mlflow.example.com
    class: internal
    tlsSecret: mlflow-tls
```

Good:
```yaml
server:
  artifacts: proxied
  ingress:
    host: mlflow.example.com
    class: internal
    controller: ingress-nginx
    tlsSecret: mlflow-tls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.server import IngressPlan, ServerPlan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        server = environment.stack.server
        if server.ingress is not None and server.artifacts == "proxied":
            yield from _of_ingress(server, server.ingress, _place(plan, environment))


def _of_ingress(server: ServerPlan, ingress: IngressPlan, place: InSpec) -> Iterator[Diagnostic]:
    if not ingress.controllers:
        named = (
            f"the controller of `{ingress.class_name}`"
            if ingress.class_name
            else "the cluster's default ingress"
        )
        yield codes.CUT_UPLOADS.at(
            place,
            f"artifacts go through {named}, of which nothing is known: it may refuse large ones and cut slow ones",
            help="write its program as `controller`; of one that is not in the list, lift its bounds of body size and "
            "of time, and accept this",
        )
        return
    from mlkc.catalog.ingress import CONTROLLERS  # noqa: PLC0415  only where artifacts pass an ingress

    for one in CONTROLLERS:
        if one.name in ingress.controllers and one.remains and not _lifted(server, one.by_service):
            yield codes.CUT_UPLOADS.at(place, one.remains, help="accept this when that is so")


def _lifted(server: ServerPlan, key: str) -> bool:
    """The server's Service has the annotation; behind a login it is another that the ingress leads to."""
    marks = server.service_marks
    return bool(key and marks and server.login is None and key in dict(marks.annotations))


def _place(plan: Plan, environment: EnvironmentPlan) -> InSpec:
    for key in ("controller", "class"):
        found = setting(plan, environment, "server", "ingress", key)
        if found.path in plan.written:
            return found
    return setting(plan, environment, "server", "ingress", "host")


RULE = Fact(codes.CUT_UPLOADS, __doc__, _find)
