"""What: a pod that its namespace does not admit.

Why: the namespace enforces the Pod Security Standard `restricted`. The server takes the workload and refuses each of
its pods, which only the events of the workload say. The stack's own pods meet it; a patch can break that.

Bad:
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: ml
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: v1
kind: Pod
metadata:
  name: check
  namespace: ml
spec:
  hostNetwork: true
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: check
      image: busybox:1.37
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
```

Good:
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: ml
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: v1
kind: Pod
metadata:
  name: check
  namespace: ml
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: check
      image: busybox:1.37
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.objects import ObjectSet, Pod
from mlkc.diag import output_codes as codes
from mlkc.text.paths import Pointer

# https://kubernetes.io/docs/concepts/security/pod-security-standards/, `restricted`.
_LEVEL: Final = "pod-security.kubernetes.io/enforce"
_HOST: Final = ("hostNetwork", "hostPID", "hostIPC")
_PROFILES: Final = ("RuntimeDefault", "Localhost")
_CONTAINERS: Final = ("initContainers", "containers", "ephemeralContainers")
# Those of Kubernetes 1.37, of which older ones know fewer: k8s.io/pod-security-admission, policy/check_sysctls.go.
_SYSCTLS: Final = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_notsent_lowat",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_slow_start_after_idle",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    }
)
_VOLUMES: Final = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)
_HELP: Final = "change the patch, or the namespace's level by a patch of its label"

_Fault = tuple[Pointer, str]


def _find(given: ObjectSet) -> Iterator[Finding]:
    restricted = {
        objects.name(namespace)
        for namespace in given.of("Namespace")
        if tree.text(namespace.body, "metadata", "labels", _LEVEL) == "restricted"
    }
    for pod in given.pods:
        if pod.namespace in restricted:
            for pointer, fault in _of_pod(pod):
                message = f"{objects.title(pod.artifact)}: {fault}, which the namespace {pod.namespace} does not admit"
                yield Finding(pod.artifact, (*pod.pointer, "spec", *pointer), message, _HELP)


def _of_pod(pod: Pod) -> Iterator[_Fault]:
    spec = pod.spec
    for key in _HOST:
        if spec.get(key) is True:
            yield (key,), f"`{key}`"
    for index, volume in tree.entries(spec, "volumes"):
        for kind in sorted(volume.keys() - {"name"} - _VOLUMES):
            yield ("volumes", index), f"a volume of the kind `{kind}`"
    context = tree.mapping(spec, "securityContext")
    for pointer, fault in _of_context(context):
        yield ("securityContext", *pointer), fault
    for field in _CONTAINERS:
        for index, container in tree.entries(spec, field):
            name = tree.text(container, "name")
            for pointer, fault in (*_of_rights(container, context), *_of_reach(container)):
                yield (field, index, *pointer), f"container {name} with {fault}"


def _of_context(context: Mapping[str, Any]) -> Iterator[_Fault]:
    if context.get("runAsUser") == 0:
        yield ("runAsUser",), "a pod that runs as root"
    for index, sysctl in tree.entries(context, "sysctls"):
        name = tree.text(sysctl, "name")
        if name not in _SYSCTLS:
            yield ("sysctls", index), f"the kernel's setting `{name}`"


def _of_rights(container: Mapping[str, Any], pod: Mapping[str, Any]) -> Iterator[_Fault]:
    own = tree.mapping(container, "securityContext")
    at: Pointer = ("securityContext",)
    if own.get("privileged") is True:
        yield (*at, "privileged"), "`privileged`"
    if own.get("allowPrivilegeEscalation") is not False:
        yield at, "privileges that may grow (`allowPrivilegeEscalation`)"
    if own.get("runAsUser") == 0:
        yield (*at, "runAsUser"), "root as its user"
    if own.get("runAsNonRoot", pod.get("runAsNonRoot")) is not True:
        yield at, "a user that may be root (`runAsNonRoot`)"
    profile = tree.text(own, "seccompProfile", "type") or tree.text(pod, "seccompProfile", "type")
    if profile not in _PROFILES:
        yield at, "no seccomp profile"


def _of_reach(container: Mapping[str, Any]) -> Iterator[_Fault]:
    own = tree.mapping(container, "securityContext")
    at: Pointer = ("securityContext",)
    if own.get("procMount") not in (None, "Default"):
        yield (*at, "procMount"), "all of /proc (`procMount`)"
    capabilities = tree.mapping(own, "capabilities")
    if "ALL" not in [text for _, text in tree.texts(capabilities, "drop")]:
        yield at, "capabilities that it does not drop"
    for index, text in tree.texts(capabilities, "add"):
        if text != "NET_BIND_SERVICE":
            yield (*at, "capabilities", "add", index), f"the capability `{text}`"
    for index, port in tree.entries(container, "ports"):
        if port.get("hostPort"):
            yield ("ports", index, "hostPort"), "a port of the node (`hostPort`)"


RULE = Rule(codes.REFUSED_POD, __doc__, _find)
