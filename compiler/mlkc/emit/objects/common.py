"""What all objects share: labels, the pods' security, resources, variables."""

from __future__ import annotations

from typing import Any

from mlkc.emit.scope import Scope
from mlkc.plan.labels import INSTANCE, PART_OF, kept, own_labels, own_selector
from mlkc.plan.pods import AuthorityPlan, ConfigKey, Marks, ResourcesPlan, Variables
from mlkc.plan.secret import Secret
from mlkc.plan.stack import Kept
from mlkc.text.expansion import literal

# One Secret per purpose, each read by key.
Tree = dict[str, Any]


def selector(scope: Scope, component: str) -> Any:
    """Labels that find a component's pods: a running workload's own, or the stack's."""
    running = kept(scope.stack, component)
    if running is not None:
        return scope.at("takeOver", component, "selector", value=_kept_labels(scope, running))
    return _marked(scope, own_selector(scope.stack.name, component))


def _kept_labels(scope: Scope, running: Kept) -> Tree:
    path = ("takeOver", running.component, "selector")
    return {key: scope.at(*path, key, value=value) for key, value in running.selector}


def _marked(scope: Scope, found: dict[str, str]) -> Tree:
    return {
        key: scope.at("name", value=value) if key in (INSTANCE, PART_OF) else value
        for key, value in found.items()
    }


def recommended(scope: Scope, component: str) -> Tree:
    """Kubernetes' recommended labels."""
    return _marked(scope, own_labels(scope.stack.name, component))


def labels(scope: Scope, component: str) -> Tree:
    """The recommended labels, and those by which a running workload finds its pods."""
    running = kept(scope.stack, component)
    return {
        **recommended(scope, component),
        **(_kept_labels(scope, running) if running else {}),
    }


def object_name(scope: Scope, component: str, name: str) -> Any:
    """The name of a component's workload and Service, with its origin."""
    running = kept(scope.stack, component)
    if running is not None and running.name:
        return scope.at("takeOver", component, "name", value=name)
    return scope.at("name", value=name)


def container_name(scope: Scope, component: str, usual: str) -> Any:
    """The name of a component's container: that which runs already, or `usual`."""
    running = kept(scope.stack, component)
    if running is not None and running.container:
        return scope.at("takeOver", component, "container", value=running.container)
    return usual


def metadata(scope: Scope, name: str, component: str) -> Tree:
    """Name and labels; the namespace is set by the kustomization."""
    return {"name": name, "labels": labels(scope, component)}


def marked(scope: Scope, found: Tree, marks: Marks | None, *place: str) -> Tree:
    """The metadata of an object or of pods, with the labels and annotations that a section of the spec adds."""
    if marks is None:
        return found
    added = {"labels": marks.labels, "annotations": marks.annotations}
    own = {
        group: {key: scope.at(*place, group, key, value=value) for key, value in pairs}
        for group, pairs in added.items()
    }
    return {**found, **{group: {**(found.get(group) or {}), **more} or None for group, more in own.items()}}


def pod_security(uid: int) -> Tree:
    """What the Pod Security Standard `restricted` asks of a pod."""
    return {
        "runAsNonRoot": True,
        "runAsUser": uid,
        "runAsGroup": uid,
        "fsGroup": uid,
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def container_security() -> Tree:
    """What `restricted` asks of a container, and a read-only root: each program writes to its volumes only."""
    return {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    }


def resources(scope: Scope, section: str, plan: ResourcesPlan) -> Tree:
    """Requests and limits of a container."""

    def amount(group: str, kind: str, value: str | None) -> Any:
        return scope.at(section, "resources", group, kind, value=value)

    return {
        "requests": {
            "cpu": amount("requests", "cpu", plan.cpu_request),
            "memory": amount("requests", "memory", plan.memory_request),
        },
        "limits": {
            "cpu": amount("limits", "cpu", plan.cpu_limit),
            "memory": amount("limits", "memory", plan.memory_limit),
        },
    }


def variable(name: str, value: Any) -> Tree:
    """A container's variable; a secret and a key of a ConfigMap become references."""
    if isinstance(value, Secret | ConfigKey):
        field = "secretKeyRef" if isinstance(value, Secret) else "configMapKeyRef"
        return {"name": name, "valueFrom": {field: {"name": value.name, "key": value.key}}}
    return {"name": name, "value": value}


def more_variables(scope: Scope, section: str, env: Variables) -> list[Tree]:
    """The variables that the spec adds, in its order; a text is no place for another variable."""
    given = ((name, literal(value) if isinstance(value, str) else value) for name, value in env)
    return [scope.at(section, "env", name, value=variable(name, value)) for name, value in given]


def host_aliases(scope: Scope) -> list[Any] | None:
    """Names of the HDFS nodes for the pods' /etc/hosts; None when there are none."""
    nodes = scope.stack.hdfs.nodes
    if not nodes:
        return None
    return [
        scope.at("hdfs", "nodes", index, value={"ip": node.address, "hostnames": list(node.hostnames)})
        for index, node in enumerate(nodes)
    ]


def authority(plan: AuthorityPlan) -> Tree:
    """The source of a volume with the one key of the Secret, as `ca.crt` whatever it is called there."""
    return {"secretName": plan.secret, "items": [{"key": plan.key, "path": "ca.crt"}]}


def empty_dir(name: str, size: Any = None) -> Tree:
    """A folder that lives as long as its pod; `size` bounds it."""
    return {"name": name, "emptyDir": {"sizeLimit": size} if size else {}}


def hadoop_volume(scope: Scope) -> Tree:
    """The Hadoop configuration as a volume."""
    return {"name": "hadoop-conf", "configMap": {"name": scope.stack.hdfs.config_map}}


# The folder that the images name in HADOOP_CONF_DIR; the mount covers what the image holds there.
HADOOP_CONF_DIR = "/etc/hadoop"
HADOOP_MOUNT = {"name": "hadoop-conf", "mountPath": HADOOP_CONF_DIR, "readOnly": True}
