"""The client: a notebook that logs to the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.plan.images.model import UID
from mlkc.plan.passes.life import resolve_env, resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.secret import Secret
from mlkc.plan.stack import ClientPlan, ImageUse, ServerPlan

if TYPE_CHECKING:
    from mlkc.spec.server import Client

CLIENT_SECRET = "client-secrets"  # noqa: S105  the name of a Secret object
TOKEN = Secret(CLIENT_SECRET, "JUPYTER_TOKEN")


def resolve_client(client: Client, server: ServerPlan, image: ImageUse, name: str) -> ClientPlan | None:
    """Resolves the section, `name` being that of its objects; None when the client is switched off."""
    if not client.enabled:
        return None
    return ClientPlan(
        object=name,
        image=image,
        replicas=client.replicas,
        port=client.port,
        tracking_uri=f"http://{server.object}:{server.port}",
        token=TOKEN,
        resources=resolve_resources(client.resources, Usual("500m", "2Gi", "4Gi")),
        workspace=client.workspace,
        uid=UID,
        pods=resolve_pods(client.pods),
        env=resolve_env(client.env),
    )
