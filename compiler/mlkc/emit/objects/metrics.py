"""Metrics of the server for Prometheus.

The server writes them to files, since its processes share no memory, and answers them on its own port. Prometheus asks
each pod by its address, which the pod must know to allow it as a host.
"""

from __future__ import annotations

from typing import Any, Final

from mlkc.emit.objects.common import Tree, empty_dir, labels, metadata, object_name, selector, variable
from mlkc.emit.objects.server import COMPONENT, PORT
from mlkc.emit.scope import Scope
from mlkc.plan.server import MetricsPlan

# Outside of any static prefix, seen in MLflow 3.17.2.
_PATH: Final = "/metrics"
_FOLDER: Final = "/var/lib/mlflow-metrics"


def arguments(scope: Scope) -> list[Any]:
    """What turns them on."""
    return [scope.at(COMPONENT, "metrics", value=text) for text in ("--expose-prometheus", _FOLDER)]


def own_address() -> Tree:
    """The pod's address, before the variable that refers to it.

    With the version that the server would add: it would be another manager's in the eyes of a server-side apply.
    """
    return {
        **variable("POD_IP", None),
        "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}},
    }


def mount() -> Tree:
    """The folder of the files."""
    return {"name": "metrics", "mountPath": _FOLDER}


def volume(scope: Scope) -> Tree:
    """A folder of its own: uploads that fill /tmp must not stop the counting."""
    return empty_dir("metrics", scope.at(COMPONENT, "metrics", value="256Mi"))


def pod_annotations(scope: Scope, plan: MetricsPlan) -> Tree | None:
    """What the usual configuration of a Prometheus without an operator looks for at a pod."""
    if plan.discovery != "annotations":
        return None
    port = str(scope.stack.server.port)
    found = {"scrape": "true", "port": scope.at(COMPONENT, "port", value=port), "path": _PATH}
    return {
        f"prometheus.io/{name}": scope.at(COMPONENT, "metrics", value=value) for name, value in found.items()
    }


def monitor(scope: Scope, plan: MetricsPlan) -> Tree | None:
    """What the Prometheus operator looks for: pkg/apis/monitoring/v1 of prometheus-operator/prometheus-operator."""
    if plan.discovery != "serviceMonitor":
        return None
    name = object_name(scope, COMPONENT, scope.stack.server.object)
    own = {key: scope.at(COMPONENT, "metrics", "labels", key, value=value) for key, value in plan.labels}
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "ServiceMonitor",
        "metadata": {**metadata(scope, name, COMPONENT), "labels": {**labels(scope, COMPONENT), **own}},
        "spec": {
            "selector": {"matchLabels": selector(scope, COMPONENT)},
            "endpoints": [
                {
                    "port": PORT,
                    "path": _PATH,
                    "interval": scope.at(COMPONENT, "metrics", "interval", value=plan.interval),
                }
            ],
        },
    }
