"""The client: a notebook that logs to the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.images.model import UID
from mlkc.plan.passes.life import resolve_env, resolve_pods
from mlkc.plan.passes.resources import Usual, resolve_resources
from mlkc.plan.passes.volumes import resolve_home
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


# Sections of what only a client that is there can use.
_SECTIONS: tuple[SpecPath, ...] = (("client",), ("images", "client"), ("takeOver", "client"))


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
        home=resolve_home(client, stack),
    )


def check_client(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses what a client would need where there is none."""
    clients = {one.name: one.settings.client.enabled for one in spec.environments}
    if not all(clients.values()):
        without = [("environments", name) for name, there in clients.items() if not there]
        for place in [*without, *([] if any(clients.values()) else [()])]:
            for section in _SECTIONS:
                yield from _idle(spec.tree, place, section)
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


def _idle(tree: SourceTree, place: SpecPath, section: SpecPath) -> Iterator[Diagnostic]:
    """The settings of a section that is of no use; a key without a value takes a setting back."""
    given: Any = tree.data
    for part in (*place, *section):
        given = given.get(part) if isinstance(given, dict) else None
    for key, value in given.items() if isinstance(given, dict) else ():
        if key != "enabled" and value is not None:
            yield codes.IDLE_SETTING.at(
                InSpec((*place, *section, key), key=True),
                f"`{'.'.join((*map(str, section), key))}` has no effect: there is no client",
                help="delete it, or delete `client.enabled`",
            )
