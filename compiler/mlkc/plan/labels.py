"""Labels of the stack's pods, and which pods a selector finds.

Kubernetes' recommended labels: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mlkc.plan.pods import Marks
from mlkc.plan.stack import Kept, StackPlan
from mlkc.text.paths import SpecPath

INSTANCE = "app.kubernetes.io/instance"
COMPONENT = "app.kubernetes.io/component"
PART_OF = "app.kubernetes.io/part-of"


def own_selector(stack: str, component: str) -> dict[str, str]:
    """Labels that find a component's pods. They hold nothing that can change: a selector is immutable."""
    return {"app.kubernetes.io/name": "mlflow", INSTANCE: stack, COMPONENT: component}


def own_labels(stack: str, component: str) -> dict[str, str]:
    """All labels of a component's objects and pods."""
    return {
        **own_selector(stack, component),
        PART_OF: stack,
        "app.kubernetes.io/managed-by": "mlkc",
    }


def kept(stack: StackPlan, component: str) -> Kept | None:
    """Finds what a component's running workload keeps; None when there is none."""
    return next((one for one in stack.kept if one.component == component), None)


def selector_of(stack: StackPlan, component: str) -> Mapping[str, str]:
    """The selector of a component's workload and Service."""
    running = kept(stack, component)
    return dict(running.selector) if running else own_selector(stack.name, component)


def labels_of(stack: StackPlan, component: str) -> Mapping[str, str]:
    """The labels of a component's pods, which a running workload's selector must find."""
    running = kept(stack, component)
    return {**own_labels(stack.name, component), **dict(running.selector if running else ())}


def workloads(stack: StackPlan) -> dict[str, str]:
    """The components that have pods, each with the name of its workload and Service."""
    found = {"database": stack.database.server.object} if stack.database.server else {}
    found["server"] = stack.server.object
    return {**found, "client": stack.client.object} if stack.client else found


def finds(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    """Tells whether a selector finds a pod that has `labels`."""
    return selector.items() <= labels.items()


class Marked(Struct, frozen=True):
    """A section of the spec that may add labels and annotations.

    Attributes:
        path: of the section.
        marks: what it adds; None for nothing.
        component: whose pods have them; None for an object.
    """

    path: SpecPath
    marks: Marks | None
    component: str | None = None


def places(stack: StackPlan) -> tuple[Marked, ...]:
    """Lists the sections that the stack has."""
    server, client, database = stack.server, stack.client, stack.database.server
    found = [
        Marked(("serviceAccount",), stack.account_marks),
        Marked(("server", "service"), server.service_marks),
        Marked(("server", "pods"), server.pods.marks, "server"),
    ]
    if server.ingress:
        found.append(Marked(("server", "ingress"), server.ingress.marks))
    if server.gateway:
        found.append(Marked(("server", "gateway"), server.gateway.marks))
    if database:
        found.append(Marked(("database", "pods"), database.pods.marks, "database"))
    if client:
        found.append(Marked(("client", "pods"), client.pods.marks, "client"))
        if client.spark:
            found.append(Marked(("client", "spark", "pods"), client.spark.pods.marks, "executor"))
    return tuple(found)
