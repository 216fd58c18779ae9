"""Where pods run, how many, and how they come and go."""

from __future__ import annotations

from typing import Any

from mlkc.emit.objects.common import Tree, labels, marked, metadata, selector
from mlkc.emit.scope import Scope
from mlkc.plan.pods import PodsPlan
from mlkc.plan.server import AutoscalePlan, UpdatePlan


def placement(scope: Scope, section: str, pods: PodsPlan, apart: tuple[tuple[str, str], ...] = ()) -> Tree:
    """The fields of a pod that say where it runs, as whom, and with which registries' logins."""
    tolerations = [
        scope.at(
            section,
            "pods",
            "tolerations",
            index,
            value={
                "key": one.key,
                "operator": "Exists" if one.value is None else "Equal",
                "value": one.value,
                "effect": one.effect,
            },
        )
        for index, one in enumerate(pods.tolerations)
    ]
    return {
        "serviceAccountName": scope.at("serviceAccount", value=scope.stack.service_account),
        "imagePullSecrets": [
            scope.at("images", "pullSecrets", index, value={"name": name})
            for index, name in enumerate(scope.stack.pull_secrets)
        ]
        or None,
        "priorityClassName": scope.at(section, "pods", "priorityClass", value=pods.priority_class),
        "nodeSelector": {
            key: scope.at(section, "pods", "nodeSelector", key, value=value)
            for key, value in pods.node_selector
        }
        or None,
        "tolerations": tolerations or None,
        "affinity": _affinity(scope, section, pods, apart),
    }


def _affinity(scope: Scope, section: str, pods: PodsPlan, apart: tuple[tuple[str, str], ...]) -> Tree | None:
    if pods.node_affinity is None and not apart:
        return None
    from mlkc.emit.objects.affinity import affinity  # noqa: PLC0415  few stacks have one

    return affinity(scope, section, pods.node_affinity, apart)


def strategy(scope: Scope, component: str, update: UpdatePlan) -> Any:
    """How a Deployment replaces its pods."""
    if update.recreate:
        return scope.at(component, "update", "recreate", value={"type": "Recreate"})
    bounds = {
        "maxSurge": scope.at(component, "update", "maxSurge", value=update.max_surge),
        "maxUnavailable": scope.at(component, "update", "maxUnavailable", value=update.max_unavailable),
    }
    return {"type": "RollingUpdate", "rollingUpdate": bounds}


def spread(scope: Scope, component: str, keys: tuple[str, ...]) -> list[Any] | None:
    """Spreads a component's pods where there is room; a pod that finds none elsewhere still runs."""
    return [
        scope.at(
            component,
            "spread",
            index,
            value={
                "maxSkew": 1,
                "topologyKey": key,
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": selector(scope, component)},
            },
        )
        for index, key in enumerate(keys)
    ] or None


def drain(scope: Scope, component: str, seconds: int) -> Tree | None:
    """A stopping pod waits: until load balancers know, requests still come. By exec, since 1.25 has no sleep action."""
    if not seconds:
        return None
    return {"preStop": {"exec": {"command": scope.at(component, "drain", value=["sleep", str(seconds)])}}}


def autoscaler(scope: Scope, component: str, name: Any, plan: AutoscalePlan) -> Tree:
    """Scales a Deployment by the CPU that its pods use."""
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(scope, name, component),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name},
            "minReplicas": scope.at(component, "autoscale", "min", value=plan.min),
            "maxReplicas": scope.at(component, "autoscale", "max", value=plan.max),
            "metrics": [
                {
                    "type": "Resource",
                    "resource": {
                        "name": "cpu",
                        "target": {
                            "type": "Utilization",
                            "averageUtilization": scope.at(component, "autoscale", "cpu", value=plan.cpu),
                        },
                    },
                }
            ],
        },
    }


def disruption_budget(scope: Scope, component: str, name: Any, most: Any, *, unready: bool) -> Tree:
    """Bounds how many pods the draining of nodes takes at a time; those that serve nobody anyway need not count."""
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(scope, name, component),
        "spec": {
            "maxUnavailable": most,
            "selector": {"matchLabels": selector(scope, component)},
            "unhealthyPodEvictionPolicy": "AlwaysAllow" if unready else None,
        },
    }


def service_account(scope: Scope, name: str) -> Tree:
    """An account of the stack's own, so that no right given to the namespace's default one is the stack's."""
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": marked(
            scope,
            {"name": scope.at("serviceAccount", value=name), "labels": labels(scope, "account")},
            scope.stack.account_marks,
            "serviceAccount",
        ),
        "automountServiceAccountToken": False,
    }
