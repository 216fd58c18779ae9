"""What: the name node or a node of HDFS is the machine that asks.

Why: `localhost` and 127.0.0.1 mean the pod itself, in which no HDFS runs.

Bad:
```yaml
hdfs:
  nameNode: hdfs://localhost:8020
```

Good:
```yaml
hdfs:
  nameNode: hdfs://nn.example.com:8020
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, host_of, is_address, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    for environment in plan.environments:
        hdfs = environment.stack.hdfs
        host = host_of(dict(hdfs.core_site)["fs.defaultFS"])
        if _is_loopback(host):
            yield _loopback(setting(plan, environment, "hdfs", "nameNode"), host)
        for index, node in enumerate(hdfs.nodes):
            if _is_loopback(node.address):
                yield _loopback(setting(plan, environment, "hdfs", "nodes", index, "address"), node.address)


def _is_loopback(host: str) -> bool:
    if is_address(host):
        return host == "::1" or host.startswith("127.")
    return host == "localhost" or host.endswith(".localhost")


def _loopback(place: InSpec, host: str) -> Diagnostic:
    return codes.LOOPBACK_HOST.at(
        place,
        f"`{host}` is the pod itself, not a machine of the HDFS cluster",
        help="write the address or name that other machines reach it by",
    )


RULE = Fact(codes.LOOPBACK_HOST, __doc__, _find)
