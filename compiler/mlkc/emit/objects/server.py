"""The tracking server: its workload and its service."""

from __future__ import annotations

from typing import Any

from mlkc.emit.objects import server_store as store
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
from mlkc.emit.objects.life import autoscaler, disruption_budget, drain, placement, spread
from mlkc.emit.scope import Scope
from mlkc.plan.stack import UPGRADE_CONTAINER

COMPONENT = "server"
PORT = "http"
# Seconds between two questions of the start-up probe.
_PERIOD = 5


def deployment(scope: Scope) -> Tree:
    """The server's pods. An init container upgrades the schema under a lock before any server of a pod starts."""
    server = scope.stack.server
    pod, kerberos = _pod(scope), scope.stack.hdfs.kerberos
    if kerberos is not None:
        from mlkc.emit.objects.kerberos import with_keytab  # noqa: PLC0415  only where the spec has it

        pod = with_keytab(scope, kerberos, pod)
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(scope, object_name(scope, COMPONENT, server.object), COMPONENT),
        "spec": {
            # An autoscaler sets it; a number here would be set again at every apply.
            "replicas": None if server.autoscale else scope.at("server", "replicas", value=server.replicas),
            # A first migration on a slow disk takes minutes; the roll-out must not be called failed meanwhile.
            "progressDeadlineSeconds": scope.at("server", "startup", "rollout", value=server.startup.rollout),
            "strategy": store.replacement(scope),
            "selector": {"matchLabels": selector(scope, COMPONENT)},
            "template": {
                "metadata": marked(
                    scope,
                    {"labels": labels(scope, COMPONENT), **_annotations(scope)},
                    server.pods.marks,
                    COMPONENT,
                    "pods",
                ),
                "spec": pod,
            },
        },
    }


def _pod(scope: Scope) -> Tree:
    server = scope.stack.server
    return {
        "automountServiceAccountToken": False,
        # A Service called mlflow would set MLFLOW_PORT=tcp://…, and the server would exit.
        "enableServiceLinks": False,
        **placement(scope, COMPONENT, server.pods, server.anti_affinity),
        "hostAliases": host_aliases(scope),
        "securityContext": pod_security(server.uid),
        # Uploads in flight may finish.
        "terminationGracePeriodSeconds": scope.at("server", "gracePeriod", value=server.grace_period),
        "topologySpreadConstraints": spread(scope, COMPONENT, server.spread),
        "initContainers": [_upgrade(scope)],
        "containers": [_serve(scope)],
        "volumes": [
            hadoop_volume(scope),
            *store.volumes(scope),
            empty_dir("tmp", scope.at("server", "uploads", value=server.uploads)),
            *([metrics_part().volume(scope)] if server.metrics else []),
        ],
    }


def _upgrade(scope: Scope) -> Tree:
    """Waits for the database, then upgrades its schema; without a deadline, since half a migration is lost data."""
    return {
        "name": UPGRADE_CONTAINER,
        "image": scope.at("server", "image", value=scope.reference(scope.stack.server.image)),
        "command": ["mlflow-upgrade-database"],
        "env": [*store.environment(scope), *store.users(scope, whole=False)],
        # Before any server runs, so it adds nothing to what the pod asks for.
        "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
        "securityContext": container_security(),
        "volumeMounts": [
            *store.mounts(scope),
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
        ],
    }


def _serve(scope: Scope) -> Tree:
    server = scope.stack.server
    return {
        "name": container_name(scope, COMPONENT, "mlflow"),
        "image": scope.at("server", "image", value=scope.reference(server.image)),
        "command": ["mlflow-serve"],
        # The port stands here although 5000 is the default: an inherited MLFLOW_PORT must not decide it.
        "args": _arguments(scope),
        "env": [
            *([metrics_part().own_address()] if server.metrics else []),
            *store.environment(scope),
            *_server_environment(scope),
            *store.users(scope, whole=True),
            *more_variables(scope, COMPONENT, server.env),
        ],
        "ports": [{"name": PORT, "containerPort": scope.at("server", "port", value=server.port)}],
        "startupProbe": {
            "httpGet": _get(scope, "/health"),
            "periodSeconds": _PERIOD,
            "timeoutSeconds": 5,
            "failureThreshold": scope.at(
                "server", "startup", "timeout", value=-(-server.startup.timeout // _PERIOD)
            ),
        },
        # Asks the database too, unless it would have to log in.
        "readinessProbe": {
            "httpGet": _get(scope, "/health")
            if server.auth
            else _get(scope, "/api/2.0/mlflow/experiments/search?max_results=1", as_local=True),
            "periodSeconds": 10,
            "timeoutSeconds": 5,
        },
        # Never asks the database: a server that lost it answers 503 and recovers by itself.
        "livenessProbe": {
            "httpGet": _get(scope, "/health"),
            "periodSeconds": 10,
            "timeoutSeconds": 5,
        },
        "lifecycle": drain(scope, COMPONENT, server.drain),
        "resources": resources(scope, "server", server.resources),
        "securityContext": container_security(),
        "volumeMounts": [
            HADOOP_MOUNT,
            *store.mounts(scope),
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
            *([metrics_part().mount()] if server.metrics else []),
        ],
    }


def metrics_part() -> Any:
    """The module that most stacks have no use for."""
    from mlkc.emit.objects import metrics  # noqa: PLC0415  few stacks have some

    return metrics


def _annotations(scope: Scope) -> Tree:
    plan = scope.stack.server.metrics
    return {"annotations": metrics_part().pod_annotations(scope, plan)} if plan else {}


def _arguments(scope: Scope) -> list[Any]:
    server = scope.stack.server
    # The port stands here although 5000 is the default: an inherited MLFLOW_PORT must not decide it.
    found = ["--host", "0.0.0.0", "--port", scope.at("server", "port", value=str(server.port))]  # noqa: S104
    if server.static_prefix:
        found += ["--static-prefix", scope.at("server", "staticPrefix", value=server.static_prefix)]
    if server.auth:
        found += ["--app-name", "basic-auth"]
    return [*found, *(metrics_part().arguments(scope) if server.metrics else ())]


def _get(scope: Scope, path: str, *, as_local: bool = False) -> Tree:
    """A probe's request. The Host header must be one that the server allows, and a pod's address is none.

    Of /health it does not ask, except below a prefix before MLflow 3.17.
    """
    prefix = scope.stack.server.static_prefix
    local = as_local or prefix
    return {
        "path": scope.at("server", "staticPrefix", value=f"{prefix}{path}") if prefix else path,
        "port": PORT,
        "httpHeaders": [{"name": "Host", "value": "localhost"}] if local else None,
    }


def _server_environment(scope: Scope) -> list[Tree]:
    server, hdfs = scope.stack.server, scope.stack.hdfs
    direct = server.artifacts == "direct"
    root = scope.at("hdfs", "artifactRoot", value=hdfs.artifact_root)
    return [
        variable("MLFLOW_WORKERS", scope.at("server", "workers", value=str(server.workers))),
        variable("MLFLOW_SERVE_ARTIFACTS", scope.at("server", "artifacts", value=str(not direct).lower())),
        variable("MLFLOW_DEFAULT_ARTIFACT_ROOT" if direct else "MLFLOW_ARTIFACTS_DESTINATION", root),
        variable(
            "MLFLOW_SERVER_ALLOWED_HOSTS",
            scope.at("server", "allowedHosts", value=",".join(server.allowed_hosts)),
        ),
        variable(
            "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS",
            scope.at("server", "corsOrigins", value=",".join(server.cors_origins)),
        ),
        variable("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false"),
        variable("HADOOP_USER_NAME", scope.at("hdfs", "user", value=hdfs.user)),
    ]


def service(scope: Scope) -> Tree:
    """The server's address in the cluster."""
    server = scope.stack.server
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": marked(
            scope,
            metadata(scope, object_name(scope, COMPONENT, server.object), COMPONENT),
            server.service_marks,
            COMPONENT,
            "service",
        ),
        "spec": {
            "type": None
            if server.service_type == "ClusterIP"
            else scope.at("server", "service", "type", value=server.service_type),
            "selector": selector(scope, COMPONENT),
            "ports": [
                {
                    "name": PORT,
                    "port": scope.at("server", "port", value=server.port),
                    "targetPort": PORT,
                    "nodePort": scope.at("server", "service", "nodePort", value=server.node_port),
                }
            ],
        },
    }


def scaling(scope: Scope) -> list[tuple[str, Tree]]:
    """The autoscaler and the disruption budget, each with its file name; none where there is none."""
    server = scope.stack.server
    name = object_name(scope, COMPONENT, server.object)
    found: list[tuple[str, Tree]] = []
    if server.autoscale:
        found.append(
            (
                "server-horizontalpodautoscaler.yaml",
                autoscaler(scope, COMPONENT, name, server.autoscale),
            )
        )
    if server.max_unavailable:
        most = scope.at(COMPONENT, "maxUnavailable", value=server.max_unavailable)
        budget = disruption_budget(scope, COMPONENT, name, most, unready=server.evict_unready)
        found.append(("server-poddisruptionbudget.yaml", budget))
    return found
