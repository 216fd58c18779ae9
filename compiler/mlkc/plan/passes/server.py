"""The tracking server."""

from __future__ import annotations

from mlkc.plan.images.model import UID
from mlkc.plan.passes.life import TOPOLOGY, resolve_autoscale, resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.stack import ImageUse, IngressPlan, ServerPlan
from mlkc.spec.server import Ingress, Server


def resolve_server(server: Server, image: ImageUse, name: str, namespace: str, scheme: str) -> ServerPlan:
    """Computes what the server is told.

    Args:
        server: the section.
        image: the image it runs.
        name: name of the server's objects.
        namespace: where it runs.
        scheme: SQLAlchemy's dialect and driver.
    """
    ingress = server.ingress
    return ServerPlan(
        object=name,
        image=image,
        replicas=server.replicas,
        workers=server.workers,
        port=server.port,
        artifacts=server.artifacts,
        uri_scheme=scheme,
        allowed_hosts=_allowed_hosts(name, namespace, ingress),
        cors_origins=_cors_origins(server.port, ingress),
        ingress=IngressPlan(ingress.host, ingress.class_name, ingress.tls_secret) if ingress else None,
        resources=resolve_resources(server.resources, _usual(server.workers)),
        uploads=server.uploads,
        uid=UID,
        grace_period=server.grace_period,
        drain=server.drain,
        autoscale=resolve_autoscale(server.autoscale),
        max_unavailable=server.max_unavailable,
        spread=tuple(TOPOLOGY[over] for over in server.spread),
        pods=resolve_pods(server.pods),
    )


def _usual(workers: int) -> Usual:
    """Measured: 240 MiB a worker without the job runner; each worker that touches HDFS starts a JVM beside it."""
    return Usual("500m", _mebibytes(256 + 384 * workers), _mebibytes(256 + 896 * workers))


def _mebibytes(amount: int) -> str:
    return f"{amount // 1024}Gi" if amount % 1024 == 0 else f"{amount}Mi"


def _allowed_hosts(name: str, namespace: str, ingress: Ingress | None) -> tuple[str, ...]:
    """Each name with and without a port: MLflow compares the Host header as a whole, port included."""
    service = [
        name,
        f"{name}.{namespace}",
        f"{name}.{namespace}.svc",
        f"{name}.{namespace}.svc.cluster.local",
    ]
    names = [*service, *([ingress.host] if ingress else []), "localhost", "127.0.0.1"]
    return tuple(pattern for host in names for pattern in (host, f"{host}:*"))


def _cors_origins(port: int, ingress: Ingress | None) -> tuple[str, ...]:
    """Origins of the UI: the ingress, and a port-forward on the same port."""
    local = (f"http://localhost:{port}", f"http://127.0.0.1:{port}")
    if ingress is None:
        return local
    scheme = "https" if ingress.tls_secret else "http"
    return (f"{scheme}://{ingress.host}", *local)
