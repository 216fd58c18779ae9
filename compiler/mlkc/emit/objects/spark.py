"""Spark on the cluster: what the client needs to be a driver, and the template of an executor's pod."""

from __future__ import annotations

from typing import Any

from mlkc.catalog import spark_cluster as facts
from mlkc.emit.objects.common import (
    Tree,
    container_name,
    container_security,
    empty_dir,
    host_aliases,
    labels,
    marked,
    metadata,
    more_variables,
    pod_security,
    selector,
    variable,
)
from mlkc.emit.objects.life import placement
from mlkc.emit.scope import Scope
from mlkc.plan.spark import SparkPlan
from mlkc.plan.stack import ClientPlan

COMPONENT = "client"
EXECUTOR = "executor"
SECTION = "client"
CONF_DIR = "/etc/spark"
TEMPLATE = "executor.yaml"
IMAGE_VARIABLE = "SPARK_IMAGE"
POD_VARIABLE = "SPARK_DRIVER_POD"
# Where Spark puts the files of the driver's configuration folder; those of Hadoop are among them.
EXECUTOR_CONF_DIR = "/opt/spark/conf"
_RBAC = "rbac.authorization.k8s.io"
_PORTS = (("driver", facts.DRIVER_PORT), ("driver-blocks", facts.DRIVER_BLOCK_PORT))


def with_driver(scope: Scope, client: ClientPlan, spark: SparkPlan, pod: Tree) -> Tree:
    """Makes the client's pod one that can ask for executors: the only one of the stack with a token."""
    container = dict(pod["containers"][0])
    container["env"] = [*container["env"], *_environment(scope, client)]
    container["ports"] = [
        *container["ports"],
        *({"name": name, "containerPort": number} for name, number in _PORTS),
    ]
    container["volumeMounts"] = [
        *container["volumeMounts"],
        {"name": "spark-conf", "mountPath": CONF_DIR, "readOnly": True},
    ]
    maps = (spark.config_map, scope.stack.hdfs.config_map)
    volume = {
        "name": "spark-conf",
        "projected": {"sources": [{"configMap": {"name": name}} for name in maps]},
    }
    return {
        **pod,
        "automountServiceAccountToken": scope.at("client", "spark", value=True),
        "serviceAccountName": scope.at("client", "spark", "account", value=spark.account),
        "containers": [container],
        "volumes": [*pod["volumes"], volume],
    }


def _environment(scope: Scope, client: ClientPlan) -> list[Tree]:
    """The image's name as the overlay writes it, and the pod's own, which Spark's configuration refers to."""
    # The default of apiVersion is written: a server-side apply after another takes its absence for a conflict.
    own = {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}
    return [
        variable("SPARK_CONF_DIR", CONF_DIR),
        variable(IMAGE_VARIABLE, scope.at("client", "image", value=scope.reference(client.image))),
        {"name": POD_VARIABLE, "valueFrom": own},
    ]


def image_replacement(scope: Scope, client: ClientPlan) -> Tree:
    """Copies the image of the client's container, tag and all, into the variable that executors are made by."""
    container = container_name(scope, COMPONENT, "jupyter")
    name = container if isinstance(container, str) else container.value
    place = f"spec.template.spec.containers.[name={name}]"
    workload = {"kind": "Deployment", "name": client.object}
    target = {"select": workload, "fieldPaths": [f"{place}.env.[name={IMAGE_VARIABLE}].value"]}
    return {"source": {**workload, "fieldPath": f"{place}.image"}, "targets": [target]}


def driver_objects(scope: Scope, spark: SparkPlan) -> list[tuple[str, Tree | None, str]]:
    """The account with its rights, and the Service by which executors find the driver; each with its file name."""
    name = scope.at("client", "spark", "account", value=spark.account)
    about = metadata(scope, name, COMPONENT)
    rules = [
        {"apiGroups": [""], "resources": [right.resource], "verbs": list(right.verbs)}
        for right in facts.RIGHTS
    ]
    account = {
        "kind": "ServiceAccount",
        "name": name,
        "namespace": scope.at("namespace", value=scope.stack.namespace),
    }
    role = {"kind": "Role", "metadata": about, "rules": rules}
    binding = {
        "kind": "RoleBinding",
        "metadata": about,
        "roleRef": {"apiGroup": _RBAC, "kind": "Role", "name": name},
        "subjects": [account],
    }
    own = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": about}
    return [
        ("client-serviceaccount.yaml", {**own, "automountServiceAccountToken": False}, SECTION),
        ("client-role.yaml", {"apiVersion": f"{_RBAC}/v1", **role}, SECTION),
        ("client-rolebinding.yaml", {"apiVersion": f"{_RBAC}/v1", **binding}, SECTION),
        ("client-driver-service.yaml", _driver_service(scope, spark), SECTION),
    ]


def _driver_service(scope: Scope, spark: SparkPlan) -> Tree:
    """Names the pod's own address: a session may run before the pod is ready, and at more ports than these."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(scope, scope.at("client", "spark", "host", value=spark.service), COMPONENT),
        "spec": {
            "clusterIP": "None",
            "publishNotReadyAddresses": True,
            "selector": selector(scope, COMPONENT),
            "ports": [{"name": name, "port": number, "targetPort": name} for name, number in _PORTS],
        },
    }


def template(scope: Scope, client: ClientPlan, spark: SparkPlan) -> Tree:
    """An executor's pod without what Spark adds: name, image, command line, resources and the configuration."""
    place: dict[str, Any] = placement(scope, "client", spark.pods)
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": marked(
            scope,
            {"name": EXECUTOR, "labels": labels(scope, EXECUTOR)},
            spark.pods.marks,
            "client",
            "spark",
            "pods",
        ),
        "spec": {
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            **place,
            "hostAliases": host_aliases(scope),
            "securityContext": pod_security(client.uid),
            "containers": [_executor(scope, client)],
            "volumes": [
                empty_dir("spark-local-dir-1", scope.at("client", "spark", "scratch", value=spark.scratch)),
                empty_dir("tmp"),
            ],
        },
    }


def _executor(scope: Scope, client: ClientPlan) -> Tree:
    return {
        "name": EXECUTOR,
        "command": ["spark-executor"],
        "env": [
            variable("HOME", "/tmp"),  # noqa: S108  the pod's own
            variable("HADOOP_CONF_DIR", EXECUTOR_CONF_DIR),
            variable("HADOOP_USER_NAME", scope.at("hdfs", "user", value=scope.stack.hdfs.user)),
            variable("MLFLOW_TRACKING_URI", scope.at("client", "trackingUri", value=client.tracking_uri)),
            *more_variables(scope, COMPONENT, client.env),
        ],
        "securityContext": container_security(),
        # By its name Spark takes the volume for its own files, in the place of one without a limit.
        "volumeMounts": [
            {"name": "spark-local-dir-1", "mountPath": "/var/spark"},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
        ],
    }
