"""The proxy that asks for a login: its workload, its Service and its disruption budget."""

from __future__ import annotations

import re
from typing import Any

from mlkc.emit.objects.common import (
    Tree,
    authority,
    container_security,
    labels,
    metadata,
    pod_security,
    selector,
    variable,
)
from mlkc.emit.objects.life import disruption_budget, placement
from mlkc.emit.scope import Scope
from mlkc.plan.pods import PodsPlan
from mlkc.plan.server import LoginPlan

COMPONENT = "login"
_CA = "/etc/issuer-ca"
PORT = "http"


def objects(scope: Scope, login: LoginPlan) -> list[tuple[str, Tree, str]]:
    """The objects, each with its file name and the section that it comes from."""
    # A drain of nodes that took both pods would keep everybody out.
    budget = disruption_budget(scope, COMPONENT, name(scope, login), 1, unready=False)
    return [
        ("login-deployment.yaml", deployment(scope, login), "server"),
        ("login-service.yaml", service(scope, login), "server"),
        ("login-poddisruptionbudget.yaml", budget, "server"),
    ]


def deployment(scope: Scope, login: LoginPlan) -> Tree:
    """Two pods, since all who come from outside pass one; sessions are cookies, so either knows everybody."""
    grace = scope.stack.server.grace_period
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(scope, name(scope, login), COMPONENT),
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": selector(scope, COMPONENT)},
            "template": {
                "metadata": {"labels": labels(scope, COMPONENT)},
                "spec": {
                    "automountServiceAccountToken": False,
                    "enableServiceLinks": False,
                    # It ends when its requests have: uploads get as long as the server gives them.
                    "terminationGracePeriodSeconds": scope.at("server", "gracePeriod", value=grace),
                    **placement(scope, COMPONENT, PodsPlan()),
                    "securityContext": pod_security(login.uid),
                    "containers": [_container(scope, login)],
                    "volumes": _volumes(scope, login),
                },
            },
        },
    }


def _container(scope: Scope, login: LoginPlan) -> Tree:
    setting = ("server", "loginProxy")
    return {
        "name": "oauth2-proxy",
        "image": scope.at(*setting, "image", value=login.image),
        "args": _arguments(scope, login),
        "env": [
            scope.at(*setting, "secret", value=variable(login.secret.key, login.secret)),
            scope.at(*setting, "cookie", value=variable(login.cookie.key, login.cookie)),
        ],
        "ports": [{"name": PORT, "containerPort": login.port}],
        "readinessProbe": {"httpGet": {"path": login.ready, "port": PORT}, "periodSeconds": 10},
        "livenessProbe": {"httpGet": {"path": login.alive, "port": PORT}, "periodSeconds": 10},
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": container_security(),
        "volumeMounts": [{"name": "issuer-ca", "mountPath": _CA, "readOnly": True}] if login.ca else None,
    }


def _arguments(scope: Scope, login: LoginPlan) -> list[Any]:
    """See https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview."""
    setting, server = ("server", "loginProxy"), scope.stack.server
    prefix = server.static_prefix or ""
    return [
        "--provider=oidc",
        scope.at(*setting, "issuer", value=f"--oidc-issuer-url={login.issuer}"),
        scope.at(*setting, "clientId", value=f"--client-id={login.client_id}"),
        *(
            scope.at(*setting, "emailDomains", index, value=f"--email-domain={domain}")
            for index, domain in enumerate(login.email_domains)
        ),
        f"--http-address=0.0.0.0:{login.port}",
        scope.at("server", "port", value=f"--upstream=http://{server.object}:{server.port}/"),
        *_below(scope),
        # Programs are told 401 instead of being sent to a page.
        scope.at(
            "server",
            "staticPrefix",
            value=f"--api-route=^{re.escape(prefix)}/(api|ajax-api|graphql)(/|$)",
        ),
        # An upload of a model takes longer than its 30 seconds.
        "--upstream-timeout=1h",
        "--skip-provider-button=true",
        # Nobody behind it asks for the issuer's tokens. With them a session has more than the 4 KiB that nginx
        # takes of headers of an answer (502), and soon more than the 8 KiB of a request (400).
        "--session-cookie-minimal=true",
        # A code that somebody else got hold of is worth nothing (RFC 9700, 2.1.1).
        "--code-challenge-method=S256",
        # Programs send a token of the issuer's instead of a cookie.
        "--skip-jwt-bearer-tokens=true",
        *(
            scope.at(*setting, "audiences", index, value=f"--oidc-extra-audience={audience}")
            for index, audience in enumerate(login.audiences)
        ),
        *([scope.at(*setting, "ca", value=f"--provider-ca-file={_CA}/ca.crt")] if login.ca else []),
    ]


def _volumes(scope: Scope, login: LoginPlan) -> list[Tree] | None:
    if login.ca is None:
        return None
    return [
        {"name": "issuer-ca", "secret": scope.at("server", "loginProxy", "ca", value=authority(login.ca))}
    ]


def _below(scope: Scope) -> list[Any]:
    """Below a prefix, all that ingress or route let through, the proxy's own paths and cookie are there too."""
    prefix = scope.stack.server.static_prefix
    if prefix is None:
        return []
    given = (f"--proxy-prefix={prefix}/oauth2", f"--cookie-path={prefix}")
    return [scope.at("server", "staticPrefix", value=argument) for argument in given]


def service(scope: Scope, login: LoginPlan) -> Tree:
    """The proxy's address in the cluster, which the ingress or the route opens."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(scope, name(scope, login), COMPONENT),
        "spec": {
            "selector": selector(scope, COMPONENT),
            "ports": [{"name": PORT, "port": login.port, "targetPort": PORT}],
        },
    }


def name(scope: Scope, login: LoginPlan) -> Any:
    """The name of all objects."""
    return scope.at("server", "loginProxy", "object", value=login.object)
