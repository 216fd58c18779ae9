"""The back half of a compile: render the output tree and check it."""

from __future__ import annotations

from mlkc.app.checked import Checked
from mlkc.artifact.model import OutputTree
from mlkc.artifact.render import render
from mlkc.catalog.defaults import KUBERNETES
from mlkc.check.check import check
from mlkc.check.kustomize.memory import Memory
from mlkc.check.kustomize.workplace import Workplace
from mlkc.check.model import CheckInput
from mlkc.plan.plan import Plan
from mlkc.plan.secret import SecretLeakError

# What nearly every stack has, in the Kubernetes version that most specs leave to mlkc.
_USUAL = (
    ("v1", "Namespace"),
    ("v1", "PersistentVolumeClaim"),
    ("v1", "Service"),
    ("apps/v1", "Deployment"),
    ("apps/v1", "StatefulSet"),
    ("networking.k8s.io/v1", "Ingress"),
)


def back(
    plan: Plan, output: OutputTree, waiting: Workplace | None = None, memory: Memory | None = None
) -> Checked:
    """Renders the files and checks the tree.

    Args:
        plan: the plan.
        output: the output tree.
        waiting: kubectl processes that were started before; the caller ends them.
        memory: of the checks before this one.
    """
    try:
        contents = {artifact.path: render(artifact) for artifact in output.artifacts}
    except SecretLeakError:
        contents = {}  # the checks say where it leaks
    return Checked(check(CheckInput(plan, output), contents, waiting, memory), contents)


def warm_up() -> None:
    """Gets ready what the checks come to late: two validators, the YAML library, and the schemas of the usual kinds."""
    import mlkc.artifact.yaml  # noqa: F401, PLC0415
    from mlkc.check.schemas.store import schema_store  # noqa: PLC0415
    from mlkc.check.shapes.engine import cerberus  # noqa: PLC0415

    cerberus()
    schema_store(KUBERNETES.value).prepare(_USUAL)
