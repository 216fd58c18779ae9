"""The tracking server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlkc.catalog.kubernetes import UNREADY_EVICTION
from mlkc.catalog.version import at_least
from mlkc.plan.images.model import UID
from mlkc.plan.passes.life import (
    TOPOLOGY,
    resolve_apart,
    resolve_autoscale,
    resolve_env,
    resolve_marks,
    resolve_pods,
)
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.pods import ImageUse
from mlkc.plan.server import (
    AuthPlan,
    GatewayPlan,
    IngressPlan,
    LoginPlan,
    MetricsPlan,
    ServerPlan,
    StartupPlan,
    UpdatePlan,
)

if TYPE_CHECKING:
    from mlkc.catalog.ingress import IngressController
    from mlkc.spec.login import LoginProxy
    from mlkc.spec.server import Auth, Gateway, Ingress, Metrics, Server, Startup, Update


def resolve_server(
    server: Server, image: ImageUse, name: str, namespace: str, scheme: str, minor: str
) -> ServerPlan:
    """Computes what the server is told.

    Args:
        server: the section.
        image: the image it runs.
        name: name of the server's objects.
        namespace: where it runs.
        scheme: SQLAlchemy's dialect and driver.
        minor: of Kubernetes.
    """
    ingress, proxied = server.ingress, server.artifacts == "proxied"
    return ServerPlan(
        object=name,
        image=image,
        replicas=server.replicas,
        workers=server.workers,
        port=server.port,
        artifacts=server.artifacts,
        uri_scheme=scheme,
        allowed_hosts=_allowed_hosts(name, namespace, server),
        cors_origins=_cors_origins(server),
        ingress=_ingress(ingress, name, proxied=proxied) if ingress else None,
        gateway=_gateway(server.gateway, proxied=proxied) if server.gateway else None,
        service_type=server.service.type,
        node_port=server.service.node_port,
        service_marks=resolve_marks(server.service),
        resources=resolve_resources(server.resources, _usual(server.workers)),
        uploads=server.uploads,
        uid=UID,
        grace_period=server.grace_period,
        drain=server.drain,
        autoscale=resolve_autoscale(server.autoscale),
        max_unavailable=server.max_unavailable,
        evict_unready=server.max_unavailable is not None and at_least(minor, UNREADY_EVICTION.since),
        spread=tuple(TOPOLOGY[over] for over in server.spread),
        anti_affinity=resolve_apart(server.anti_affinity),
        update=_update(server.update) if server.update else UpdatePlan(),
        startup=_startup(server.startup) if server.startup else StartupPlan(),
        static_prefix=server.static_prefix,
        metrics=_metrics(server.metrics) if server.metrics else None,
        pods=resolve_pods(server.pods),
        env=resolve_env(server.env),
        login=_login(server.login_proxy, name) if server.login_proxy else None,
        auth=_auth(server.auth) if server.auth else None,
    )


def _auth(auth: Auth) -> AuthPlan:
    from mlkc.plan.passes.auth import resolve_auth  # noqa: PLC0415  few stacks have users

    return resolve_auth(auth)


def _login(login: LoginProxy, name: str) -> LoginPlan:
    from mlkc.plan.passes.login import resolve_login  # noqa: PLC0415  few stacks have one

    return resolve_login(login, name)


def _usual(workers: int) -> Usual:
    """Measured: 240 MiB a worker without the job runner; each worker that touches HDFS starts a JVM beside it."""
    return Usual("500m", _mebibytes(256 + 384 * workers), _mebibytes(256 + 896 * workers))


def _mebibytes(amount: int) -> str:
    return f"{amount // 1024}Gi" if amount % 1024 == 0 else f"{amount}Mi"


def _ingress(ingress: Ingress, name: str, *, proxied: bool) -> IngressPlan:
    """An issuer needs a Secret to put the certificate into."""
    known = _controllers(ingress)
    secret = ingress.tls_secret or (f"{name}-tls" if ingress.cluster_issuer or ingress.issuer else None)
    return IngressPlan(
        ingress.host,
        ingress.class_name,
        secret,
        ingress.cluster_issuer,
        ingress.issuer,
        class_annotation=any(one.by_annotation for one in known),
        controllers=tuple(one.name for one in known),
        uploads=_uploads(known, ingress.annotations) if proxied else (),
        marks=resolve_marks(ingress),
    )


def _controllers(ingress: Ingress) -> tuple[IngressController, ...]:
    if ingress.controller is None and ingress.class_name is None:
        return ()
    from mlkc.catalog.ingress import controllers  # noqa: PLC0415  only where something is known

    return controllers(ingress.controller, ingress.class_name)


def _uploads(known: tuple[IngressController, ...], own: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What lifts the bounds of uploads, except where the spec has a bound of its own."""
    found: dict[str, str] = {}
    for one in known:
        for key, value in one.annotations:
            if key not in own:
                found[key] = value
            elif one.joined and value.partition("=")[0] not in own[key]:
                found[key] = f"{own[key]},{value}"
    return tuple(sorted(found.items()))


def _gateway(gateway: Gateway, *, proxied: bool) -> GatewayPlan:
    """Envoy ends a request after 15 s unless the route says otherwise; Istio never does, others in between."""
    return GatewayPlan(
        gateway.host,
        gateway.name,
        gateway.namespace,
        gateway.listener,
        gateway.tls,
        timeout="1h" if proxied else None,
        marks=resolve_marks(gateway),
    )


def _metrics(metrics: Metrics) -> MetricsPlan:
    return MetricsPlan(metrics.discovery, metrics.interval, tuple(sorted(metrics.labels.items())))


def _update(update: Update) -> UpdatePlan:
    return UpdatePlan(update.recreate, update.max_surge, update.max_unavailable)


def _startup(startup: Startup) -> StartupPlan:
    from mlkc.spec.server_types import seconds  # noqa: PLC0415  few specs say it

    return StartupPlan(seconds(startup.timeout), seconds(startup.rollout))


def _allowed_hosts(name: str, namespace: str, server: Server) -> tuple[str, ...]:
    """Each name with and without a port: MLflow compares the Host header as a whole, port included.

    Prometheus opens a pod by its address, which only the pod itself knows. A page of another origin can't have it as
    its name, so nothing is opened that the check is for; an IPv6 address stands in brackets.
    """
    service = [
        name,
        f"{name}.{namespace}",
        f"{name}.{namespace}.svc",
        f"{name}.{namespace}.svc.cluster.local",
    ]
    outside = [access.host for access in (server.ingress, server.gateway) if access]
    names = dict.fromkeys([*service, *outside, *server.service.hosts, "localhost", "127.0.0.1"])
    own = [f"$(POD_IP):{server.port}", f"[$(POD_IP)]:{server.port}"] if server.metrics else []
    return (*(pattern for host in names for pattern in (host, f"{host}:*")), *own)


def _cors_origins(server: Server) -> tuple[str, ...]:
    """Origins of the UI: from outside, and a port-forward on the same port."""
    port, ingress, gateway = server.port, server.ingress, server.gateway
    found = []
    if ingress is not None:
        scheme = "https" if ingress.tls_secret or ingress.cluster_issuer or ingress.issuer else "http"
        found.append(f"{scheme}://{ingress.host}")
    if gateway is not None:
        found.append(f"{'https' if gateway.tls else 'http'}://{gateway.host}")
    outer = server.service.node_port or port
    found += [f"http://{host}:{outer}" for host in server.service.hosts]
    return tuple(dict.fromkeys([*found, f"http://localhost:{port}", f"http://127.0.0.1:{port}"]))
