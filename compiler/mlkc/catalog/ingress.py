"""Ingress controllers: what each does by default to an upload that is large or takes long, and what lifts it.

An artifact that goes through the server is one request with as many bytes as the file has. The server answers when HDFS
has them all, so nothing is sent for as long as that takes; a download waits at its beginning instead.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source

# As long as oauth2-proxy waits, which may stand between the two.
SECONDS: Final = 3600


class IngressController(Struct, frozen=True):
    """One controller.

    Attributes:
        name: what the spec calls it.
        program: its repository or maker.
        classes: the IngressClasses that it is installed with; two controllers may share one.
        default: what it does to an upload, in words.
        annotations: what lifts that, as keys and values of an Ingress.
        remains: what no annotation of an Ingress lifts, and what does; empty where nothing remains.
        by_service: the annotation of the Service that lifts what remains; empty where there is none.
        by_annotation: it reads its class from an annotation only.
        joined: one annotation holds several of its settings, with commas between them.
    """

    name: str
    program: str
    classes: tuple[str, ...]
    default: str
    annotations: tuple[tuple[str, str], ...]
    source: Source
    remains: str = ""
    by_service: str = ""
    by_annotation: bool = False
    joined: bool = False
    doubts: tuple[str, ...] = ()


def _read(where: str) -> Source:
    return Source("read", where, "2026-11")


# No releases since March 2026; clusters run it on.
INGRESS_NGINX: Final = IngressController(
    "ingress-nginx",
    "kubernetes/ingress-nginx",
    ("nginx",),
    "Refuses bodies above 1 MB (413), writes each to its disk first, and waits 60 s for an answer.",
    (
        ("nginx.ingress.kubernetes.io/proxy-body-size", "0"),
        ("nginx.ingress.kubernetes.io/proxy-read-timeout", str(SECONDS)),
        ("nginx.ingress.kubernetes.io/proxy-request-buffering", "off"),
    ),
    _read("kubernetes/ingress-nginx dbb11b9: docs/user-guide/nginx-configuration/{annotations,configmap}.md"),
)
F5_NGINX: Final = IngressController(
    "nginx.org",
    "nginx/kubernetes-ingress (F5 NGINX)",
    ("nginx",),
    "Refuses bodies above 1 MB (413), writes each to its disk first, which no annotation of its own changes, and waits "
    "60 s for an answer. It does not read the annotations of ingress-nginx.",
    (("nginx.org/client-max-body-size", "0"), ("nginx.org/proxy-read-timeout", "1h")),
    _read("nginx/kubernetes-ingress 0eb3072: internal/configs/{annotations,config_params}.go"),
)
TRAEFIK: Final = IngressController(
    "traefik",
    "traefik/traefik",
    ("traefik",),
    "Reads a request for 60 s; no bound of its size, no wait for an answer that ends.",
    (),
    _read("traefik/traefik fd5a576: pkg/config/static/static_config.go, reference of entry points"),
    remains="Traefik cuts an upload that takes more than 60 s, unless its entry point is started with "
    "`transport.respondingTimeouts.readTimeout=0`",
)
HAPROXYTECH: Final = IngressController(
    "haproxy.org",
    "haproxytech/kubernetes-ingress (HAProxy Technologies)",
    ("haproxy",),
    "Waits 50 s for an answer; no bound of the size.",
    (("haproxy.org/timeout-server", "1h"),),
    _read("haproxytech/kubernetes-ingress fc12067: documentation/annotations.md"),
)
HAPROXY_INGRESS: Final = IngressController(
    "haproxy-ingress",
    "jcmoraisjr/haproxy-ingress",
    ("haproxy",),
    "Waits 50 s for an answer; no bound of the size.",
    (("haproxy-ingress.github.io/timeout-server", "1h"),),
    _read("jcmoraisjr/haproxy-ingress 465a51c: docs/content/en/docs/configuration/keys.md"),
)
CONTOUR: Final = IngressController(
    "contour",
    "projectcontour/contour",
    ("contour",),
    "Waits 15 s for an answer, Envoy's own default; no bound of the size.",
    (("projectcontour.io/response-timeout", "1h"),),
    _read(
        "projectcontour/contour 31c4bb3: site/content/docs/main/config/annotations.md, internal/dag/policy.go"
    ),
)
ALB: Final = IngressController(
    "alb",
    "kubernetes-sigs/aws-load-balancer-controller",
    ("alb",),
    "Cuts a connection on which nothing is sent for 60 s; no bound of the size.",
    (("alb.ingress.kubernetes.io/load-balancer-attributes", f"idle_timeout.timeout_seconds={SECONDS}"),),
    _read(
        "kubernetes-sigs/aws-load-balancer-controller 225f445: docs/guide/ingress/annotations.md; "
        "docs.aws.amazon.com, attributes of an Application Load Balancer"
    ),
    joined=True,
)
GCE: Final = IngressController(
    "gce",
    "Google Kubernetes Engine",
    ("gce", "gce-internal"),
    "Cuts a request that takes more than 30 s as a whole; no bound of the size.",
    (),
    _read(
        "cloud.google.com/kubernetes-engine/docs: troubleshooting of Ingress, BackendConfig; compute API, "
        "backendServices.timeoutSec"
    ),
    remains="Google's load balancer cuts an upload that takes more than 30 s, unless a BackendConfig with "
    f"`timeoutSec: {SECONDS}` is in the namespace and the Service names it by the annotation "
    "`cloud.google.com/backend-config`, which `server.service.annotations` can say",
    by_service="cloud.google.com/backend-config",
    by_annotation=True,
)

CONTROLLERS: Final = (
    INGRESS_NGINX,
    F5_NGINX,
    TRAEFIK,
    HAPROXYTECH,
    HAPROXY_INGRESS,
    CONTOUR,
    ALB,
    GCE,
)


def controllers(name: str | None, class_name: str | None) -> tuple[IngressController, ...]:
    """Finds the controllers that may answer for an Ingress.

    Args:
        name: what the spec calls it; None where it does not.
        class_name: the IngressClass.

    Returns:
        The one of that name, else all that are installed with that class; empty where nothing is known.
    """
    if name is not None:
        return tuple(one for one in CONTROLLERS if one.name == name)
    return tuple(one for one in CONTROLLERS if class_name in one.classes)
