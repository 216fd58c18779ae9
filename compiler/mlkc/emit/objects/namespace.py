"""The namespace that everything lives in."""

from __future__ import annotations

from mlkc.emit.objects.common import Tree
from mlkc.emit.scope import Scope


def namespace(scope: Scope) -> Tree:
    """A namespace whose pods must meet the Pod Security Standard `restricted`, which all of the stack's do."""
    return {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": scope.at("namespace", value=scope.stack.namespace),
            "labels": {
                "app.kubernetes.io/part-of": scope.at("name", value=scope.stack.name),
                "app.kubernetes.io/managed-by": "mlkc",
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/warn": "restricted",
            },
        },
    }
