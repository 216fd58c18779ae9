"""What Argo CD and Flux are told, and what they can't deliver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag import output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.delivery import ArgoCdPlan, DeliveryPlan, FluxPlan
from mlkc.plan.passes.written import written
from mlkc.plan.stack import StackPlan
from mlkc.source.tree import SourceTree

if TYPE_CHECKING:
    from mlkc.spec.delivery import Delivery


def resolve_delivery(delivery: Delivery) -> DeliveryPlan:
    """Resolves the section."""
    argocd, flux = delivery.argocd, delivery.flux
    return DeliveryPlan(
        bake=delivery.bake,
        argocd=ArgoCdPlan(
            repository=argocd.repository,
            revision=argocd.revision,
            folder=argocd.folder,
            project=argocd.project,
            namespace=argocd.namespace,
            server=argocd.server,
            automated=argocd.automated,
        )
        if argocd
        else None,
        flux=FluxPlan(flux.source, flux.folder, flux.namespace) if flux else None,
    )


def check_delivery(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses an environment that two controllers render, or one from git while its passwords are not there."""
    delivery = stack.delivery
    if delivery is None:
        return
    if delivery.argocd and delivery.flux:
        yield output_codes.TWO_CONTROLLERS.at(
            InSpec(written(tree, environment, "delivery", "flux"), key=True),
            f"`{environment}` is applied by Flux and by Argo CD, and each would take back what the other does",
            related=(
                Label(
                    InSpec(written(tree, environment, "delivery", "argocd"), key=True),
                    "Argo CD applies it too",
                ),
            ),
            help=f"write `{environment}: {{delivery: {{flux: null}}}}`, or `argocd: null`",
        )
    if not stack.secret_origin.local or not stack.secrets:
        return
    for tool, plan in (("argocd", delivery.argocd), ("flux", delivery.flux)):
        if plan is not None:
            yield codes.SECRETS_OUT_OF_REACH.at(
                InSpec(written(tree, environment, "delivery", tool), key=True),
                f"`{environment}` is rendered from git, and its passwords are in a file that is not there",
                notes=(
                    f"the overlay reads {' and '.join(one.file for one in stack.secrets)}, which git ignores",
                ),
                help="write `secrets.strategy`: `existing`, `external` or `sealed`",
            )


def check_bake(stacks: list[StackPlan], tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a file of builds where there is nothing to build."""
    uses = [use for one in stacks for use in (one.server.image, *([one.client.image] if one.client else []))]
    if tree.written(("delivery", "bake")) == "true" and all(use.digest for use in uses):
        yield codes.IDLE_SETTING.at(
            InSpec(("delivery", "bake"), key=True),
            "`delivery.bake` has no effect: every image is named by its digest, so none is built",
            help="delete it, or name an image by a tag",
        )
