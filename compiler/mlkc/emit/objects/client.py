"""The client: JupyterLab with Spark, and its service."""

from __future__ import annotations

from mlkc.emit.objects.common import (
    HADOOP_MOUNT,
    Tree,
    container_name,
    container_security,
    empty_dir,
    hadoop_volume,
    host_aliases,
    labels,
    marked,
    metadata,
    more_variables,
    object_name,
    pod_security,
    resources,
    selector,
    variable,
)
from mlkc.emit.objects.database import storage_claim
from mlkc.emit.objects.life import placement
from mlkc.emit.scope import Scope
from mlkc.plan.stack import ClientPlan

COMPONENT = "client"
PORT = "jupyter"
HOME = "/home/app"


def deployment(scope: Scope, client: ClientPlan) -> Tree:
    """The client's pod; a new one starts after the old one is gone, since one person works in it."""
    pod, kerberos = _pod(scope, client), scope.stack.hdfs.kerberos
    if kerberos is not None:
        from mlkc.emit.objects.kerberos import with_keytab  # noqa: PLC0415  only where the spec has it

        pod = with_keytab(scope, kerberos, pod)
    if client.spark is not None:
        from mlkc.emit.objects.spark import with_driver  # noqa: PLC0415  few clients have it

        pod = with_driver(scope, client, client.spark, pod)
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(scope, object_name(scope, COMPONENT, client.object), COMPONENT),
        "spec": {
            "replicas": scope.at("client", "replicas", value=client.replicas),
            "strategy": {"type": "Recreate"},
            "selector": {"matchLabels": selector(scope, COMPONENT)},
            "template": {
                "metadata": marked(
                    scope, {"labels": labels(scope, COMPONENT)}, client.pods.marks, COMPONENT, "pods"
                ),
                "spec": pod,
            },
        },
    }


def _pod(scope: Scope, client: ClientPlan) -> Tree:
    return {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        **placement(scope, COMPONENT, client.pods),
        "hostAliases": host_aliases(scope),
        "securityContext": pod_security(client.uid),
        "containers": [_container(scope, client)],
        "volumes": [
            hadoop_volume(scope),
            _home(scope, client),
            empty_dir("tmp"),
        ],
    }


def _home(scope: Scope, client: ClientPlan) -> Tree:
    if client.home is None:
        return empty_dir("home", scope.at("client", "workspace", value=client.workspace))
    name = scope.at("client", "storage", "claim", value=client.home.claim)
    return {"name": "home", "persistentVolumeClaim": {"claimName": name}}


def home_claim(scope: Scope, client: ClientPlan) -> Tree | None:
    """The volume claim of the home folder; None where it goes with the pod."""
    if client.home is None:
        return None
    return storage_claim(scope, client.home, COMPONENT, ("client", "storage"))


def _container(scope: Scope, client: ClientPlan) -> Tree:
    return {
        "name": container_name(scope, COMPONENT, "jupyter"),
        "image": scope.at("client", "image", value=scope.reference(client.image)),
        "args": ["--ip=0.0.0.0", scope.at("client", "port", value=f"--port={client.port}"), "--no-browser"],
        "env": [
            variable("MLFLOW_TRACKING_URI", scope.at("client", "trackingUri", value=client.tracking_uri)),
            variable("HADOOP_USER_NAME", scope.at("hdfs", "user", value=scope.stack.hdfs.user)),
            variable("JUPYTER_TOKEN", client.token),
            *more_variables(scope, COMPONENT, client.env),
        ],
        "ports": [{"name": PORT, "containerPort": scope.at("client", "port", value=client.port)}],
        "startupProbe": {"tcpSocket": {"port": PORT}, "periodSeconds": 5, "failureThreshold": 60},
        "readinessProbe": {
            "httpGet": {"path": "/api", "port": PORT},
            "periodSeconds": 10,
            "timeoutSeconds": 5,
        },
        "livenessProbe": {
            "httpGet": {"path": "/api", "port": PORT},
            "periodSeconds": 30,
            "timeoutSeconds": 10,
        },
        "resources": _resources(scope, client),
        "securityContext": container_security(),
        "volumeMounts": [
            HADOOP_MOUNT,
            {"name": "home", "mountPath": HOME},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
        ],
    }


def _resources(scope: Scope, client: ClientPlan) -> Tree:
    """A device is only ever limited: what is asked for is the same."""
    found = resources(scope, "client", client.resources)
    if client.gpu is not None:
        found["limits"][client.gpu.resource] = scope.at("client", "gpu", value=str(client.gpu.count))
    return found


def service(scope: Scope, client: ClientPlan) -> Tree:
    """The address of JupyterLab in the cluster."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(scope, object_name(scope, COMPONENT, client.object), COMPONENT),
        "spec": {
            "selector": selector(scope, COMPONENT),
            "ports": [
                {"name": PORT, "port": scope.at("client", "port", value=client.port), "targetPort": PORT}
            ],
        },
    }
