"""The proxy that asks for a login: what it is told, and where it can't work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.catalog.login import OAUTH2_PROXY
from mlkc.diag import output_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.pods import AuthorityPlan
from mlkc.plan.secret import Secret, SecretFile
from mlkc.plan.server import LoginPlan
from mlkc.plan.stack import StackPlan

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.login import LoginProxy

SECRET = "login-secrets"  # noqa: S105  the name of a Secret object
CLIENT_SECRET = Secret(SECRET, "OAUTH2_PROXY_CLIENT_SECRET")
COOKIE_SECRET = Secret(SECRET, "OAUTH2_PROXY_COOKIE_SECRET")
FILE = SecretFile(SECRET, "login-secrets.env", (CLIENT_SECRET.key, COOKIE_SECRET.key), "login")


def resolve_login(login: LoginProxy, name: str) -> LoginPlan:
    """Computes what the proxy is told.

    Args:
        login: the section.
        name: name of the stack's server.
    """
    return LoginPlan(
        object=f"{name}-login",
        image=login.image or OAUTH2_PROXY.image,
        uid=OAUTH2_PROXY.uid,
        port=OAUTH2_PROXY.port,
        alive=OAUTH2_PROXY.alive,
        ready=OAUTH2_PROXY.ready,
        issuer=login.issuer,
        client_id=login.client_id,
        email_domains=tuple(login.email_domains),
        secret=CLIENT_SECRET,
        cookie=COOKIE_SECRET,
        audiences=tuple(login.audiences),
        ca=AuthorityPlan(login.ca.secret, login.ca.key) if login.ca else None,
    )


def check_login(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a proxy that nobody passes, or that keeps nobody out; warns of one that some pass by.

    Args:
        environment: whose stack it is.
        stack: the stack, which has a proxy.
        tree: the spec's file.
    """
    place = InSpec(written(tree, environment, "server", "loginProxy"), key=True)
    faults = list(_faults(environment, stack, place))
    yield from faults
    if not faults and stack.network is None:
        yield codes.LOGIN_OPEN_INSIDE.at(
            place,
            f"without network policies every pod of the cluster reaches the server of `{environment}` past the login",
            help="write `networkPolicies`, with the issuer's addresses as `login`",
        )


def _faults(environment: str, stack: StackPlan, place: InSpec) -> Iterator[Diagnostic]:
    server = stack.server
    ingress, gateway = server.ingress, server.gateway
    if ingress is None and gateway is None:
        yield codes.IDLE_LOGIN.at(
            place,
            f"nobody comes to `{environment}` from outside, so nobody is asked for a login",
            help="write `server.ingress` or `server.gateway`, or leave the proxy out",
        )
    if (ingress and not ingress.tls_secret) or (gateway and not gateway.tls):
        yield codes.LOGIN_WITHOUT_TLS.at(
            place,
            f"`{environment}` is opened by plain http, to which a browser sends no session back",
            help="write `server.ingress.tlsSecret` or `clusterIssuer`",
        )
    if server.auth is not None:
        yield codes.TWO_LOGINS.at(
            place,
            "the proxy and MLflow both ask for a login, and a request has one place for it",
            help="leave `server.auth` or `server.loginProxy` out",
        )
    network = stack.network
    if network is not None and not any(
        edge.path[:2] == ("networkPolicies", "login") for edge in network.edges
    ):
        yield codes.CLOSED_LOGIN.at(
            place,
            f"no policy lets the proxy of `{environment}` reach the issuer, since nothing says its addresses",
            help="write them as `networkPolicies.login`",
        )
    if server.service_type != "ClusterIP":
        yield codes.LOGIN_PASSED_BY.at(
            place,
            f"the server's Service is a {server.service_type}: whoever comes by it is asked for no login",
            help="leave `server.service.type` out",
        )
