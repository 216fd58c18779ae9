"""The plan of what other tools read: Docker, Argo CD and Flux."""

from __future__ import annotations

from msgspec import Struct


class ArgoCdPlan(Struct, frozen=True):
    """An Application; `folder` is that of the outputs in the repository, `.` for its root."""

    repository: str
    revision: str
    folder: str
    project: str
    namespace: str
    server: str
    automated: bool


class FluxPlan(Struct, frozen=True):
    """A Flux Kustomization; `source` is a GitRepository in the same namespace."""

    source: str
    folder: str
    namespace: str


class DeliveryPlan(Struct, frozen=True):
    """What is asked for; `bake` is the same in all environments."""

    bake: bool
    argocd: ArgoCdPlan | None
    flux: FluxPlan | None
