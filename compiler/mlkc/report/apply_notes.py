"""How each environment gets to its cluster: by kubectl, or by the controller that the spec names."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join

from mlkc.plan.delivery import ArgoCdPlan, FluxPlan
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.report.note import Row, inside


def apply_notes(plan: Plan, folder: str) -> Iterator[Row]:
    """Writes the lines that apply the environments.

    Two of one namespace are for two clusters: in one, the second would take the first's place.

    Args:
        plan: the plan.
        folder: the output folder as the user gave it.
    """
    namespaces = [environment.stack.namespace for environment in plan.environments]
    for environment in plan.environments:
        name = f"{plan.name}-{environment.name}"
        match _controller(environment):
            case FluxPlan():
                yield "apply", f"{_register(environment, folder, 'flux')}, once; Flux applies what is pushed"
            case ArgoCdPlan() as argocd:
                pushed = "Argo CD applies what is pushed" if argocd.automated else "and after each push:"
                yield "apply", f"{_register(environment, folder, 'argocd')}, once; {pushed}"
                if not argocd.automated:
                    yield "", _argocd(argocd, "sync", name)
            case None:
                line = _kubectl(environment, folder)
                alone = namespaces.count(environment.stack.namespace) == 1
                yield "apply", line if alone else f"{line}  # to the cluster of {environment.name}"


def around_a_restore(
    plan: Plan, environment: EnvironmentPlan, folder: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keeps a controller from starting the server while it has to be stopped.

    Args:
        plan: the plan.
        environment: the environment whose database is restored.
        folder: the output folder as the user gave it.

    Returns:
        The lines before, and those after, which apply the overlay again.
    """
    name = f"{plan.name}-{environment.name}"
    match _controller(environment):
        case FluxPlan() as flux:
            verbs = (
                join(["flux", "--namespace", flux.namespace, verb, "kustomization", name])
                for verb in ("suspend", "resume")
            )
            return (next(verbs),), (next(verbs),)
        case ArgoCdPlan(automated=True) as argocd:
            # The file has the policy that is taken away: to apply it puts it back.
            pause = _argocd(argocd, "set", name, "--sync-policy", "none")
            return (pause,), (_register(environment, folder, "argocd"),)
        case ArgoCdPlan() as argocd:
            return (), (_argocd(argocd, "sync", name),)
        case None:
            return (), (_kubectl(environment, folder),)


def _controller(environment: EnvironmentPlan) -> ArgoCdPlan | FluxPlan | None:
    """Who applies an environment; not both (MK679)."""
    delivery = environment.stack.delivery
    return (delivery.argocd or delivery.flux) if delivery else None


def _kubectl(environment: EnvironmentPlan, folder: str) -> str:
    return join(["kubectl", "apply", "-k", inside(folder, f"overlays/{environment.name}")])


def _register(environment: EnvironmentPlan, folder: str, tool: str) -> str:
    path = inside(folder, f"overlays/{environment.name}/delivery/{tool}.yaml")
    cluster = {"argocd": "Argo CD", "flux": "Flux"}[tool]
    return f"{join(['kubectl', 'apply', '-f', path])}  # to the cluster of {cluster}"


def _argocd(argocd: ArgoCdPlan, verb: str, name: str, *flags: str) -> str:
    place = [] if argocd.namespace == "argocd" else ["--app-namespace", argocd.namespace]
    return join(["argocd", "app", verb, name, *place, *flags])
