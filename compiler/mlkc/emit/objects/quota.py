"""What the namespace may use: a ResourceQuota, and a LimitRange for each container in it."""

from __future__ import annotations

from mlkc.emit.objects.common import Tree, metadata
from mlkc.emit.scope import Scope
from mlkc.plan.quota import LimitsPlan, QuotaPlan

COMPONENT = "namespace"


def resource_quota(scope: Scope, quota: QuotaPlan) -> Tree:
    """The quota."""
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": metadata(scope, scope.at("name", value=quota.object), COMPONENT),
        "spec": {"hard": {name: scope.at(*path, value=value) for name, value, path in quota.hard}},
    }


def limit_range(scope: Scope, limits: LimitsPlan) -> Tree:
    """The bounds of each container."""
    bounds = {
        group: {name: scope.at(*path, value=value) for name, value, path in amounts}
        for group, amounts in limits.bounds
    }
    return {
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": metadata(scope, scope.at("name", value=limits.object), COMPONENT),
        "spec": {"limits": [{"type": "Container", **bounds}]},
    }
