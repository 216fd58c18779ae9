"""The client: a notebook that logs to the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.images.model import UID
from mlkc.plan.passes.life import resolve_env, resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.pods import ImageUse
from mlkc.plan.secret import Secret
from mlkc.plan.server import ServerPlan
from mlkc.plan.spark import GpuPlan
from mlkc.plan.stack import ClientPlan
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.parsed import EnvironmentSpec, ParsedSpec
    from mlkc.spec.server import Client

CLIENT_SECRET = "client-secrets"  # noqa: S105  the name of a Secret object
TOKEN = Secret(CLIENT_SECRET, "JUPYTER_TOKEN")


# Settings of what only a client that is there can use.
_EXTRAS = (("client", "spark"), ("client", "gpu"))


def resolve_client(
    client: Client, server: ServerPlan, image: ImageUse, name: str, stack: str, namespace: str
) -> ClientPlan | None:
    """Resolves the section.

    Args:
        client: the section.
        server: whom it logs to.
        image: the image that it runs.
        name: name of its objects.
        stack: name of the stack.
        namespace: where it runs.

    Returns:
        The plan, or None when the client is switched off.
    """
    if not client.enabled:
        return None
    spark = None
    if client.spark is not None:
        from mlkc.plan.passes.spark import resolve_spark  # noqa: PLC0415  only where the spec has it

        spark = resolve_spark(client.spark, name, stack, namespace)
    return ClientPlan(
        object=name,
        image=image,
        replicas=client.replicas,
        port=client.port,
        tracking_uri=f"http://{server.object}:{server.port}{server.static_prefix or ''}",
        token=TOKEN,
        resources=resolve_resources(client.resources, Usual("500m", "2Gi", "4Gi")),
        workspace=client.workspace,
        uid=UID,
        pods=resolve_pods(client.pods),
        env=resolve_env(client.env),
        spark=spark,
        gpu=GpuPlan(client.gpu.count, client.gpu.resource) if client.gpu else None,
    )


def check_client(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses what a client would need where there is none."""
    clients = {one.name: one.settings.client for one in spec.environments}
    nowhere = not any(client.enabled for client in clients.values())
    for setting in _EXTRAS:
        places: dict[SpecPath, bool] = {setting: nowhere and _has(spec.stack.client, setting)}
        places |= {
            ("environments", name, *setting): not client.enabled and _has(client, setting)
            for name, client in clients.items()
        }
        for path, idle in places.items():
            if idle and spec.tree.has(path):
                yield codes.IDLE_SETTING.at(
                    InSpec(path, key=True),
                    f"`{'.'.join(setting)}` has no effect: there is no client",
                    help="delete it, or delete `client.enabled`",
                )
    for one in spec.environments:
        yield from _idle_way(one, spec.tree)


def _idle_way(environment: EnvironmentSpec, tree: SourceTree) -> Iterator[Diagnostic]:
    """A way to the Kubernetes API is for Spark alone."""
    policies, client = environment.settings.network_policies, environment.settings.client
    if policies is None or not policies.kubernetes_api or (client.enabled and client.spark):
        return
    own = ("environments", environment.name, "networkPolicies", "kubernetesApi")
    if tree.has(own):
        yield codes.IDLE_SETTING.at(
            InSpec(own, key=True),
            "`networkPolicies.kubernetesApi` has no effect: no pod asks the Kubernetes API without `client.spark`",
            help="delete it, or turn `client.spark` on",
        )


def _has(client: Client, setting: tuple[str, str]) -> bool:
    """Tells whether the setting is on; a key without a value takes it back."""
    return getattr(client, setting[1]) is not None
