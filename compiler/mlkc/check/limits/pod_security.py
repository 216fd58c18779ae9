"""What: a pod that its namespace does not admit.

Why: the namespace enforces the Pod Security Standard `restricted`, or `baseline` where a patch says so. The server
takes the workload and refuses each of its pods, which only the events of the workload say. The stack's own pods meet
it; a patch can break that.

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

# https://kubernetes.io/docs/concepts/security/pod-security-standards/. Left to the server: the hosts of
# probes, which 1.34 and later refuse, and what a pod with users of its own sees of /proc below 1.35.
_LEVEL: Final = "pod-security.kubernetes.io/enforce"
_HOST: Final = ("hostNetwork", "hostPID", "hostIPC")
_PROFILES: Final = ("RuntimeDefault", "Localhost")
_SELINUX: Final = ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
_APPARMOR: Final = "container.apparmor.security.beta.kubernetes.io/"
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
# What a container runtime gives anyway.
_CAPABILITIES: Final = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
_HELP: Final = "change the patch, or the namespace's level by a patch of its label"

_Fault = tuple[Pointer, str]


def _find(given: ObjectSet) -> Iterator[Finding]:
    levels = {
        objects.name(namespace): tree.text(namespace.body, "metadata", "labels", _LEVEL)
        for namespace in given.of("Namespace")
    }
    for pod in given.pods:
        level = levels.get(pod.namespace, "")
        faults = [
            *(_baseline(pod) if level in ("baseline", "restricted") else ()),
            *(_restricted(pod) if level == "restricted" else ()),
        ]
        for pointer, fault in faults:
            message = (
                f"{objects.title(pod.artifact)}: {fault}, which the namespace {pod.namespace} does not admit"
            )
            yield Finding(pod.artifact, (*pod.pointer, "spec", *pointer), message, _HELP)


def _baseline(pod: Pod) -> Iterator[_Fault]:
    """What `baseline` refuses."""
    for key in _HOST:
        if pod.spec.get(key) is True:
            yield (key,), f"`{key}`"
    for index, volume in tree.entries(pod.spec, "volumes"):
        if "hostPath" in volume:
            yield ("volumes", index), "a volume of the kind `hostPath`"
    yield from _of_kernel(pod)
    if not _has_its_own_users(pod):
        yield from _unmasked(pod)
    for at, container in _containers(pod):
        for pointer, fault in _beyond_its_own(container):
            yield (*at, *pointer), f"container {tree.text(container, 'name')} with {fault}"


def _of_kernel(pod: Pod) -> Iterator[_Fault]:
    context = tree.mapping(pod.spec, "securityContext")
    for index, sysctl in tree.entries(context, "sysctls"):
        name = tree.text(sysctl, "name")
        if name not in _SYSCTLS:
            yield ("securityContext", "sysctls", index), f"the kernel's setting `{name}`"
    for pointer, fault in _of_modules(context):
        yield ("securityContext", *pointer), fault
    # Kubernetes before 1.30 has no field for a profile of AppArmor.
    for key, value in tree.mapping(pod.artifact.body, *pod.pointer, "metadata", "annotations").items():
        allowed = value in ("", "runtime/default") or str(value).startswith("localhost/")
        if key.startswith(_APPARMOR) and not allowed:
            yield (), f"the annotation `{key}: {value}`"


def _restricted(pod: Pod) -> Iterator[_Fault]:
    """What `restricted` refuses beside."""
    for index, volume in tree.entries(pod.spec, "volumes"):
        for kind in sorted(volume.keys() - {"name", "hostPath"} - _VOLUMES):
            yield ("volumes", index), f"a volume of the kind `{kind}`"
    context = tree.mapping(pod.spec, "securityContext")
    if context.get("runAsUser") == 0:
        yield ("securityContext", "runAsUser"), "a pod that runs as root"
    if _has_its_own_users(pod):
        yield from _unmasked(pod)
    for at, container in _containers(pod):
        for pointer, fault in _with_more_rights(tree.mapping(container, "securityContext"), context):
            yield (*at, "securityContext", *pointer), f"container {tree.text(container, 'name')} with {fault}"


def _has_its_own_users(pod: Pod) -> bool:
    """Tells whether its root is nobody on the node: `baseline` of Kubernetes 1.35 shows it all of /proc."""
    return pod.spec.get("hostUsers") is False


def _unmasked(pod: Pod) -> Iterator[_Fault]:
    for at, container in _containers(pod):
        if tree.mapping(container, "securityContext").get("procMount") not in (None, "Default"):
            name = tree.text(container, "name")
            yield (*at, "securityContext", "procMount"), f"container {name} with all of /proc (`procMount`)"


def _containers(pod: Pod) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    for field in _CONTAINERS:
        for index, container in tree.entries(pod.spec, field):
            yield (field, index), container


def _of_modules(context: Mapping[str, Any]) -> Iterator[_Fault]:
    """What a kernel's security modules, or Windows, are told of a pod or a container."""
    label = tree.mapping(context, "seLinuxOptions")
    if tree.text(label, "type") not in _SELINUX or tree.text(label, "user") or tree.text(label, "role"):
        yield ("seLinuxOptions",), "an SELinux label of its own (`seLinuxOptions`)"
    for field, module in (("appArmorProfile", "AppArmor"), ("seccompProfile", "seccomp")):
        profile = tree.mapping(context, field)
        if profile and tree.text(profile, "type") not in _PROFILES:
            yield (field,), f"no {module} profile (`{field}`)"
    if tree.mapping(context, "windowsOptions").get("hostProcess") is True:
        yield ("windowsOptions", "hostProcess"), "a process of the node (`hostProcess`)"


def _beyond_its_own(container: Mapping[str, Any]) -> Iterator[_Fault]:
    """What a container has of the node."""
    own = tree.mapping(container, "securityContext")
    at: Pointer = ("securityContext",)
    if own.get("privileged") is True:
        yield (*at, "privileged"), "`privileged`"
    for index, text in tree.texts(own, "capabilities", "add"):
        if text not in _CAPABILITIES:
            yield (*at, "capabilities", "add", index), f"the capability `{text}`"
    for pointer, fault in _of_modules(own):
        yield (*at, *pointer), fault
    for index, port in tree.entries(container, "ports"):
        if port.get("hostPort"):
            yield ("ports", index, "hostPort"), "a port of the node (`hostPort`)"


def _with_more_rights(own: Mapping[str, Any], pod: Mapping[str, Any]) -> Iterator[_Fault]:
    """What a container may do beside what an ordinary program must.

    Args:
        own: its security context.
        pod: that of its pod, which counts where its own is silent.
    """
    if own.get("allowPrivilegeEscalation") is not False:
        yield (), "privileges that may grow (`allowPrivilegeEscalation`)"
    if own.get("runAsUser") == 0:
        yield ("runAsUser",), "root as its user"
    if own.get("runAsNonRoot", pod.get("runAsNonRoot")) is not True:
        yield (), "a user that may be root (`runAsNonRoot`)"
    if not (tree.mapping(own, "seccompProfile") or tree.mapping(pod, "seccompProfile")):
        yield (), "no seccomp profile"
    if "ALL" not in [text for _, text in tree.texts(own, "capabilities", "drop")]:
        yield (), "capabilities that it does not drop"
    for index, text in tree.texts(own, "capabilities", "add"):
        if text in _CAPABILITIES - {"NET_BIND_SERVICE"}:
            yield ("capabilities", "add", index), f"the capability `{text}`"


RULE = Rule(codes.REFUSED_POD, __doc__, _find)
