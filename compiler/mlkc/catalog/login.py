"""The proxy that asks people for a login at an OpenID Connect issuer before it lets them to the server."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class LoginProxy(Struct, frozen=True):
    """One proxy.

    Attributes:
        name: the program.
        image: the image that its makers build, with an exact tag.
        uid: the user that it runs as.
        port: where it listens.
        alive, ready: paths that need no login.
    """

    name: str
    image: str
    uid: int
    port: int
    alive: str
    ready: str
    source: Source
    doubts: tuple[str, ...] = ()


OAUTH2_PROXY: Final = LoginProxy(
    name="oauth2-proxy",
    image="quay.io/oauth2-proxy/oauth2-proxy:v7.15.4",
    # The user `nonroot` of distroless images.
    uid=65532,
    port=4180,
    alive="/ping",
    ready="/ready",
    source=Source(
        "read", "oauth2-proxy/oauth2-proxy 7.15.4: CHANGELOG, Makefile, pkg/apis/options", "2026-11"
    ),
)

PROXIES: Final = (OAUTH2_PROXY,)
