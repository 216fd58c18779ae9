"""The database: its volume claim, its service and its workload."""

from __future__ import annotations

from mlkc.emit.objects.common import (
    Tree,
    container_name,
    container_security,
    empty_dir,
    labels,
    marked,
    metadata,
    pod_security,
    resources,
    selector,
    variable,
)
from mlkc.emit.objects.database_config import config_map, config_mount, config_volume, configured
from mlkc.emit.objects.life import placement
from mlkc.emit.scope import Scope
from mlkc.plan.database import DatabaseServerPlan
from mlkc.plan.pods import StoragePlan

COMPONENT = "database"
PORT = "dbapi"
# The image runs what it finds here when its data folder is empty.
_INIT = "/docker-entrypoint-initdb.d"


def objects(scope: Scope, server: DatabaseServerPlan) -> list[tuple[str, Tree, str]]:
    """Every object of a server in the cluster; each with its file name and the section that it comes from."""
    found = [
        (
            "database-persistentvolumeclaim.yaml",
            storage_claim(scope, server.storage, COMPONENT, ("database", "storage")),
            "database",
        ),
        ("database-service.yaml", service(scope, server), "database"),
        (f"database-{server.workload.lower()}.yaml", workload(scope, server), "database"),
    ]
    if server.config and server.config_file:
        found.insert(0, ("database-configmap.yaml", config_map(scope, server), "database"))
    if server.init is not None:
        from mlkc.emit.objects import postgresql  # noqa: PLC0415  only where the engine is

        found.insert(
            0, ("database-init-configmap.yaml", postgresql.first_start(scope, server.init), "database")
        )
    return found


def storage_claim(scope: Scope, storage: StoragePlan, component: str, setting: tuple[str, ...]) -> Tree:
    """A volume claim of some component, whose settings stand at a path."""
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": metadata(scope, scope.at(*setting, "claim", value=storage.claim), component),
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": scope.at(*setting, "class", value=storage.class_name),
            "resources": {"requests": {"storage": scope.at(*setting, "size", value=storage.size)}},
        },
    }


def service(scope: Scope, server: DatabaseServerPlan) -> Tree:
    """The database's address in the cluster."""
    port = scope.at("database", "port", value=scope.stack.database.port)
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(scope, scope.at("database", "object", value=server.object), COMPONENT),
        "spec": {
            "selector": selector(scope, COMPONENT),
            "ports": [{"name": PORT, "port": port, "targetPort": PORT}],
        },
    }


def workload(scope: Scope, server: DatabaseServerPlan) -> Tree:
    """The database server. Either kind starts a pod only after the one before is gone: a volume has one server."""
    stateful = server.workload == "StatefulSet"
    return {
        "apiVersion": "apps/v1",
        "kind": scope.at("database", "workload", value=server.workload),
        "metadata": metadata(scope, scope.at("database", "object", value=server.object), COMPONENT),
        "spec": {
            "serviceName": scope.at("database", "object", value=server.object) if stateful else None,
            "replicas": 1,
            "strategy": None if stateful else {"type": "Recreate"},
            "selector": {"matchLabels": selector(scope, COMPONENT)},
            "template": {
                "metadata": marked(
                    scope,
                    {"labels": labels(scope, COMPONENT), "annotations": configured(scope, server)},
                    server.pods.marks,
                    COMPONENT,
                    "pods",
                ),
                "spec": {
                    "automountServiceAccountToken": False,
                    "enableServiceLinks": False,
                    **placement(scope, COMPONENT, server.pods),
                    "securityContext": pod_security(server.uid),
                    "terminationGracePeriodSeconds": scope.at(
                        "database", "gracePeriod", value=server.grace_period
                    ),
                    "containers": [_container(scope, server)],
                    "volumes": [
                        {
                            "name": "data",
                            "persistentVolumeClaim": {
                                "claimName": scope.at(
                                    "database", "storage", "claim", value=server.storage.claim
                                )
                            },
                        },
                        *_init_volume(scope, server),
                        empty_dir("run"),
                        empty_dir("tmp"),
                        *config_volume(server),
                    ],
                },
            },
        },
    }


def _init_volume(scope: Scope, server: DatabaseServerPlan) -> list[Tree]:
    if server.init is None:
        return []
    return [{"name": "init", "configMap": {"name": scope.at("database", "init", value=server.init)}}]


def _container(scope: Scope, server: DatabaseServerPlan) -> Tree:
    database = scope.stack.database
    return {
        "name": container_name(scope, COMPONENT, database.engine),
        "image": scope.at("database", "image", value=scope.reference(server.image)),
        "args": scope.at("database", "args", value=list(server.args) or None),
        "env": [
            scope.at("database", "environment", name, value=variable(name, value))
            for name, value in server.environment
        ],
        "ports": [{"name": PORT, "containerPort": scope.at("database", "port", value=database.port)}],
        # The first start initialises the data folder; nothing may kill it meanwhile.
        "startupProbe": {
            **_query(scope, server),
            "periodSeconds": 5,
            "timeoutSeconds": 5,
            "failureThreshold": 120,
        },
        "readinessProbe": {**_query(scope, server), "periodSeconds": 10, "timeoutSeconds": 5},
        # A port that answers is alive: a slow query is no reason to kill a database.
        "livenessProbe": {
            "tcpSocket": {"port": PORT},
            "periodSeconds": 20,
            "timeoutSeconds": 5,
            "failureThreshold": 6,
        },
        "resources": resources(scope, "database", server.resources),
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": "data", "mountPath": server.mount},
            *([{"name": "init", "mountPath": _INIT, "readOnly": True}] if server.init else []),
            {"name": "run", "mountPath": server.run_dir},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
            *config_mount(server),
        ],
    }


def _query(scope: Scope, server: DatabaseServerPlan) -> Tree:
    """A query as MLflow's user; the password is read from the variable and stands in no argument."""
    return {"exec": {"command": scope.at("database", "probe", value=["sh", "-c", server.probe])}}
