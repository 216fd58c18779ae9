"""What the pods of each workload have: an image, variables, resources, nodes and volumes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.plan.secret import Secret


class ImageUse(Struct, frozen=True):
    """The image of a container.

    Attributes:
        name: the name that the base writes and that an overlay's `images` entry matches.
        repository: where it is pulled from in this environment.
        tag: its tag; None for a digest, or for the hash of the build folder.
        digest: `sha256:…`, or None.
        build: the image of ours that it is, `server` or `client`; None for somebody else's.
    """

    name: str
    repository: str
    tag: str | None
    digest: str | None
    build: Literal["server", "client"] | None = None


class ConfigKey(Struct, frozen=True):
    """A key of a ConfigMap that is in the cluster."""

    name: str
    key: str


class AuthorityPlan(Struct, frozen=True):
    """A key of a Secret that is in the cluster: the certificates that a server's own is checked by."""

    secret: str
    key: str


# Name and value of each variable that the spec adds to a container.
Variables = tuple[tuple[str, str | Secret | ConfigKey], ...]


class ResourcesPlan(Struct, frozen=True):
    """Quantities as Kubernetes writes them; None leaves the field out."""

    cpu_request: str | None
    memory_request: str | None
    cpu_limit: str | None
    memory_limit: str | None


class Marks(Struct, frozen=True):
    """Labels and annotations that the spec adds to an object or to pods, in the order of their keys."""

    labels: tuple[tuple[str, str], ...] = ()
    annotations: tuple[tuple[str, str], ...] = ()


class TolerationPlan(Struct, frozen=True):
    """A taint that pods tolerate; None is any."""

    key: str | None
    value: str | None
    effect: str | None


LabelValues = tuple[tuple[str, tuple[str, ...]], ...]


class NodeAffinityPlan(Struct, frozen=True):
    """Labels of nodes with the values that fit."""

    required: LabelValues
    preferred: LabelValues


class PodsPlan(Struct, frozen=True):
    """Where a workload's pods run; empty and None leave the field out."""

    node_selector: tuple[tuple[str, str], ...] = ()
    tolerations: tuple[TolerationPlan, ...] = ()
    priority_class: str | None = None
    node_affinity: NodeAffinityPlan | None = None
    marks: Marks | None = None


class StoragePlan(Struct, frozen=True):
    """A volume claim; `class_name` None is the cluster's default class."""

    claim: str
    size: str
    class_name: str | None
