"""The server's addresses outside the cluster: an Ingress, a route of a Gateway."""

from __future__ import annotations

from typing import Any

from mlkc.emit.objects.common import Tree, marked, metadata, object_name
from mlkc.emit.objects.server import COMPONENT, PORT
from mlkc.emit.scope import Scope
from mlkc.plan.pods import Marks
from mlkc.plan.server import GatewayPlan, IngressPlan


def ingress(scope: Scope, plan: IngressPlan) -> Tree:
    """The server's address outside the cluster."""
    server = scope.stack.server
    host = scope.at("server", "ingress", "host", value=plan.host)
    backend = {"service": {"name": _target(scope)[0], "port": {"name": PORT}}}
    tls = {"hosts": [host], "secretName": scope.at("server", "ingress", "tlsSecret", value=plan.tls_secret)}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": marked(
            scope,
            {
                **metadata(scope, object_name(scope, COMPONENT, server.object), COMPONENT),
                "annotations": _annotations(scope, plan) or None,
            },
            _without(plan.marks, dict(plan.uploads)),
            "server",
            "ingress",
        ),
        "spec": {
            "ingressClassName": None
            if plan.class_annotation
            else scope.at("server", "ingress", "class", value=plan.class_name),
            "tls": [tls] if plan.tls_secret else None,
            "rules": [
                {
                    "host": host,
                    "http": {"paths": [{"path": _path(scope), "pathType": "Prefix", "backend": backend}]},
                }
            ],
        },
    }


def route(scope: Scope, plan: GatewayPlan) -> Tree:
    """The way from a Gateway to the server.

    In lists it has what the API server would fill in: a tool that compares lists whole, as Argo CD does those of kinds
    that it does not know, would find a difference for ever.
    """
    server = scope.stack.server
    parent = {
        "group": "gateway.networking.k8s.io",
        "kind": "Gateway",
        "name": scope.at("server", "gateway", "name", value=plan.name),
        "namespace": scope.at("server", "gateway", "namespace", value=plan.namespace),
        "sectionName": scope.at("server", "gateway", "listener", value=plan.listener),
    }
    target, port = _target(scope)
    backend = {"group": "", "kind": "Service", "name": target, "port": port, "weight": 1}
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": marked(
            scope,
            metadata(scope, object_name(scope, COMPONENT, server.object), COMPONENT),
            plan.marks,
            "server",
            "gateway",
        ),
        "spec": {
            "parentRefs": [parent],
            "hostnames": [scope.at("server", "gateway", "host", value=plan.host)],
            "rules": [
                {
                    "matches": [{"path": {"type": "PathPrefix", "value": _path(scope)}}],
                    "backendRefs": [backend],
                    "timeouts": {"request": scope.at("server", "gateway", "timeout", value=plan.timeout)}
                    if plan.timeout
                    else None,
                }
            ],
        },
    }


def _target(scope: Scope) -> tuple[Any, Any]:
    """The Service that is opened, and its port, called alike in both: the server's, or that of the proxy before it."""
    server = scope.stack.server
    if server.login is not None:
        from mlkc.emit.objects.login import name  # noqa: PLC0415  few stacks have one

        return name(scope, server.login), server.login.port
    return object_name(scope, COMPONENT, server.object), scope.at("server", "port", value=server.port)


def _path(scope: Scope) -> Any:
    """Where the server's pages begin: nothing else of the host is sent to it."""
    return scope.at("server", "staticPrefix", value=scope.stack.server.static_prefix) or "/"


def _without(marks: Marks | None, uploads: Tree) -> Marks | None:
    """What the uploads have taken over stands there already."""
    if marks is None or not uploads:
        return marks
    return Marks(marks.labels, tuple(pair for pair in marks.annotations if pair[0] not in uploads))


def _annotations(scope: Scope, plan: IngressPlan) -> Tree:
    uploads = {key: scope.at("server", "ingress", "uploads", value=value) for key, value in plan.uploads}
    found = {**_issuer(scope, plan), **uploads}
    if plan.class_annotation and plan.class_name:
        found["kubernetes.io/ingress.class"] = scope.at("server", "ingress", "class", value=plan.class_name)
    return {key: found[key] for key in sorted(found)}


def _issuer(scope: Scope, plan: IngressPlan) -> Tree:
    """What cert-manager reads: https://cert-manager.io/docs/usage/ingress/."""
    given = (("cluster-issuer", "clusterIssuer", plan.cluster_issuer), ("issuer", "issuer", plan.issuer))
    return {
        f"cert-manager.io/{name}": scope.at("server", "ingress", field, value=issuer)
        for name, field, issuer in given
        if issuer
    }
