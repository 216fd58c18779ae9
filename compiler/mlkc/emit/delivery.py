"""What other tools read: the builds for Docker, an Application for Argo CD, a Kustomization for Flux.

The objects stand in a folder of their own below the overlay, where no kustomization lists them: they are applied once,
to the cluster that the controller runs in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mlkc.artifact.build import at, text_artifact, yaml_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.emit.base import reference
from mlkc.plan.delivery import ArgoCdPlan, FluxPlan
from mlkc.plan.plan import EnvironmentPlan, Plan

BAKE = "images/docker-bake.json"


def delivery_files(plan: Plan, tags: Mapping[str, str]) -> Iterator[Artifact]:
    """Emits what the spec asks for.

    Args:
        plan: the plan.
        tags: content address of each image of ours.
    """
    if plan.base.delivery is not None and plan.base.delivery.bake:
        yield _bake(plan, tags)
    for environment in plan.environments:
        delivery = environment.stack.delivery
        if delivery is not None and delivery.argocd is not None:
            yield _object(environment, "argocd", _application(plan.name, environment, delivery.argocd))
        if delivery is not None and delivery.flux is not None:
            yield _object(environment, "flux", _kustomization(plan.name, environment, delivery.flux))


def _object(environment: EnvironmentPlan, tool: str, tree: dict[str, Any]) -> Artifact:
    path = f"overlays/{environment.name}/delivery/{tool}.yaml"
    return yaml_artifact(path, ArtifactKind.OBJECT, tree, _path(environment, tool))


def _path(environment: EnvironmentPlan, *field: str) -> tuple[str, ...]:
    return ("environments", environment.name, "delivery", *field)


def _application(name: str, environment: EnvironmentPlan, plan: ArgoCdPlan) -> dict[str, Any]:
    def marked(field: str, value: Any) -> Any:
        return at(_path(environment, "argocd", field), value)

    # Nothing is pruned: a claim that left the repository must not take the database with it.
    automated = {"prune": False, "selfHeal": True} if plan.automated else None
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": f"{name}-{environment.name}",
            "namespace": marked("namespace", plan.namespace),
        },
        "spec": {
            "project": marked("project", plan.project),
            "source": {
                "repoURL": marked("repository", plan.repository),
                "targetRevision": marked("revision", plan.revision),
                "path": marked("folder", _overlay(plan.folder, environment)),
            },
            "destination": {
                "server": marked("server", plan.server),
                "namespace": at(("environments", environment.name, "namespace"), environment.stack.namespace),
            },
            "syncPolicy": marked("automated", {"automated": automated} if automated else None),
        },
    }


def _kustomization(name: str, environment: EnvironmentPlan, plan: FluxPlan) -> dict[str, Any]:
    def marked(field: str, value: Any) -> Any:
        return at(_path(environment, "flux", field), value)

    return {
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": {
            "name": f"{name}-{environment.name}",
            "namespace": marked("namespace", plan.namespace),
        },
        "spec": {
            "interval": "10m",
            # As long as the roll-out of the server may take.
            "timeout": at(
                ("environments", environment.name, "server", "startup", "rollout"),
                f"{-(-environment.stack.server.startup.rollout // 60)}m",
            ),
            "wait": True,
            # A claim that left the repository must not take the database with it.
            "prune": False,
            "sourceRef": {"kind": "GitRepository", "name": marked("source", plan.source)},
            "path": marked("folder", f"./{_overlay(plan.folder, environment)}"),
        },
    }


def _overlay(folder: str, environment: EnvironmentPlan) -> str:
    overlay = f"overlays/{environment.name}"
    return overlay if folder == "." else f"{folder}/{overlay}"


def _bake(plan: Plan, tags: Mapping[str, str]) -> Artifact:
    """The builds of every tag that an environment runs; contexts are read from where bake is called."""
    names: dict[str, dict[str, None]] = {}
    for environment in plan.environments:
        stack = environment.stack
        for use in (stack.server.image, *([stack.client.image] if stack.client else [])):
            if use.build and not use.digest:
                names.setdefault(use.build, {})[reference(use, dict(tags))] = None
    target = {
        build: {"context": f"images/{build}", "dockerfile": "Dockerfile", "tags": list(found)}
        for build, found in names.items()
    }
    whole = {"group": {"default": {"targets": list(target)}}, "target": target}
    return text_artifact(
        BAKE, ArtifactKind.TEXT, json.dumps(whole, indent=2).split("\n"), ("base", "delivery", "bake")
    )
