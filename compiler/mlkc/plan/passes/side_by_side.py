"""What a running installation can't keep: two objects of one name, and selectors that find each other's pods."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.labels import finds, labels_of, selector_of, workloads
from mlkc.plan.passes.client import CLIENT_SECRET
from mlkc.plan.stack import UPGRADE_CONTAINER, StackPlan
from mlkc.source.tree import SourceTree


def check_take_over(stack: StackPlan, patched: frozenset[str], tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses names that clash, and selectors that find the pods of another workload.

    Args:
        stack: an environment's stack; what is said of several is the same.
        patched: names of the Services that the user patches, which may be given another selector.
        tree: the spec's file.
    """
    yield from _names(stack, tree)
    if stack.client is not None and stack.kept_secret == CLIENT_SECRET:
        yield codes.CLASHING_OBJECTS.at(
            InSpec(("takeOver", "databaseSecret")),
            f"the Secret `{CLIENT_SECRET}` would hold the database's passwords and the client's token",
            notes=("the client's token is in a Secret of this name, which the stack makes",),
            help="copy the passwords into a Secret of another name, and name that",
        )
    for one in stack.kept:
        if one.component == "server" and one.container == UPGRADE_CONTAINER:
            yield codes.CLASHING_OBJECTS.at(
                InSpec(("takeOver", "server", "container")),
                f"the server's pod has a container `{UPGRADE_CONTAINER}` already",
                notes=("it upgrades the database's schema before the server starts",),
                help="leave `container` out: the running one is then replaced by `mlflow`",
            )
    yield from _selectors(stack, patched)


def _names(stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for component, name in workloads(stack).items():
        if name in first:
            # The one that the spec names can be given another name.
            chosen = next(
                one for one in (component, first[name], "") if not one or tree.has(("takeOver", one, "name"))
            )
            place = InSpec(("takeOver", chosen, "name") if chosen else ("name",))
            yield codes.CLASHING_OBJECTS.at(
                place,
                f"the {first[name]} and the {component} would both be called `{name}`",
                notes=("each has a workload and a Service of its name",),
                help="write the name that it has in the cluster, or another `name` of the stack",
            )
        first.setdefault(name, component)


def _selectors(stack: StackPlan, patched: frozenset[str]) -> Iterator[Diagnostic]:
    names = workloads(stack)
    for component, name in names.items():
        selector = selector_of(stack, component)
        others = [one for one in names if one != component and finds(selector, labels_of(stack, one))]
        if not others or name in patched:
            continue
        owner = component if any(one.component == component for one in stack.kept) else others[0]
        yield codes.WIDE_SELECTOR.at(
            InSpec(("takeOver", owner, "selector")),
            f"the Service of the {component} would send requests to the {' and the '.join(others)} too",
            label="these labels find the pods of both" if owner == component else "",
            related=tuple(
                Label(InSpec(("takeOver", one, "selector")), f"the {one}'s pods have these labels")
                for one in others
                if one != owner and any(one == kept.component for kept in stack.kept)
            ),
            notes=("each component's pods carry the label `app.kubernetes.io/component` as well",),
            help=f"patch the Service `{name}`, whose selector can change: `merge: {{spec: {{selector: "
            f"{{app.kubernetes.io/component: {component}}}}}}}`",
        )
