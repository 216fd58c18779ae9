"""What: a host alias with something else than an IP address and host names.

Why: the lines of `hostAliases` go into /etc/hosts. The server wants an address and DNS names; the schemas accept any
text. A pod on its node's network has them too: a note in the API's documentation that denies it is older than
Kubernetes 1.8 [kubernetes/kubernetes#50646, #122420].

Bad:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  hostAliases:
    - ip: 192.168.10.1450
      hostnames: [node1.example.com]
  containers:
    - name: check
      image: busybox:1.37
```

Good:
```yaml
apiVersion: v1
kind: Pod
metadata:
  name: check
spec:
  hostAliases:
    - ip: 192.168.10.145
      hostnames: [node1.example.com]
  containers:
    - name: check
      image: busybox:1.37
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check import objects, tree
from mlkc.check.limits import names
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet, Pod
from mlkc.diag import output_codes as codes


def _find(given: ObjectSet) -> Iterator[Finding]:
    for pod in given.pods:
        for index, _ in tree.entries(pod.spec, "hostAliases"):
            yield from _alias(pod, index)


def _alias(pod: Pod, index: int) -> Iterator[Finding]:
    pointer = (*pod.pointer, "spec", "hostAliases", index)
    entry = tree.mapping(pod.spec, "hostAliases", index)
    address = tree.text(entry, "ip")
    if not _is_address(address):
        message = (
            f"{objects.title(pod.artifact)}: a host alias for {tree.show(address)}, which is no IP address"
        )
        yield Finding(pod.artifact, (*pointer, "ip"), message, "write an address such as 192.168.10.145")
    for position, name in tree.texts(entry, "hostnames"):
        if not names.is_subdomain(name):
            message = (
                f"{objects.title(pod.artifact)}: a host alias named {tree.show(name)}, which is no host name"
            )
            place = (*pointer, "hostnames", position)
            yield Finding(pod.artifact, place, message, "write lower-case letters, digits, `-` and `.`")


def _is_address(text: str) -> bool:
    import ipaddress  # noqa: PLC0415  only where there are host aliases

    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


RULE = Rule(codes.INVALID_HOST_ALIAS, __doc__, _find)
