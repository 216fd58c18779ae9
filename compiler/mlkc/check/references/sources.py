"""Where pods read ConfigMaps and Secrets: variables, whole environments, volumes and image pull secrets."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlkc.check import objects, tree
from mlkc.check.model import Finding
from mlkc.check.objects import Container, ObjectSet, Pod
from mlkc.diag.suggest import closest
from mlkc.text.paths import Pointer


class Use(Struct, frozen=True):
    """One reference to a ConfigMap or Secret.

    Attributes:
        pod: who reads.
        pointer: place of the reference in the pod's object; its name is at `pointer` + `field`.
        field: the key that holds the name.
        name: the name.
        keys: the keys that are read, each with its place.
    """

    pod: Pod
    pointer: Pointer
    field: str
    name: str
    keys: tuple[tuple[Pointer, str], ...]


def missing(given: ObjectSet, kind: str, uses: Iterator[Use]) -> Iterator[Finding]:
    """Yields a finding for each use of an object, or of a key of one, that is not there."""
    for use in uses:
        namespace, title = use.pod.namespace, objects.title(use.pod.artifact)
        if not given.has(kind, namespace, use.name):
            known = given.names(kind, namespace)
            meant = closest(use.name, known)
            here = f"in namespace {namespace}"
            help_ = (
                f"did you mean `{meant}`?" if meant else f"{kind}s {here} are {', '.join(known) or 'none'}"
            )
            message = f"{title}: reads {kind} {tree.show(use.name)}, which is not there {here}"
            yield Finding(use.pod.artifact, (*use.pointer, use.field), message, help_)
            continue
        keys = given.keys(kind, namespace, use.name)
        for pointer, key in use.keys:
            if keys is not None and key not in keys:
                meant = closest(key, keys)
                help_ = (
                    f"did you mean `{meant}`?"
                    if meant
                    else f"its keys are {', '.join(sorted(keys)) or 'none'}"
                )
                message = f"{title}: reads key {tree.show(key)} of {kind} {use.name}, which does not have it"
                yield Finding(use.pod.artifact, pointer, message, help_)


def _way_out(given: ObjectSet, kind: str, use: Use) -> str:
    namespace = use.pod.namespace
    known = given.names(kind, namespace)
    meant = closest(use.name, known)
    if meant:
        return f"did you mean `{meant}`?"
    elsewhere = given.namespaces(kind, use.name)
    if elsewhere:
        return f"it is in namespace {' and '.join(elsewhere)}, which a pod in {namespace} can't read"
    return f"{kind}s in namespace {namespace} are {', '.join(known) or 'none'}"


def config_maps(given: ObjectSet) -> Iterator[Use]:
    """Yields every use of a ConfigMap."""
    for pod in given.pods:
        yield from _in_pod(pod, "configMapKeyRef", "configMapRef", "configMap", "name")


def secrets(given: ObjectSet) -> Iterator[Use]:
    """Yields every use of a Secret."""
    for pod in given.pods:
        yield from _in_pod(pod, "secretKeyRef", "secretRef", "secret", "secretName")


def _in_pod(pod: Pod, key_ref: str, env_ref: str, volume: str, volume_name: str) -> Iterator[Use]:
    for container in pod.containers():
        yield from _in_container(pod, container, key_ref, env_ref)
    for index, entry in tree.entries(pod.spec, "volumes"):
        place: Pointer = (*pod.pointer, "spec", "volumes", index)
        yield from _in_volume(pod, (*place, volume), volume_name)
        for position, _ in tree.entries(entry, "projected", "sources"):
            yield from _in_volume(pod, (*place, "projected", "sources", position, volume), "name")


def _in_container(pod: Pod, container: Container, key_ref: str, env_ref: str) -> Iterator[Use]:
    for index, entry in tree.entries(container.body, "env"):
        reference = tree.mapping(entry, "valueFrom", key_ref)
        if reference and reference.get("optional") is not True:
            pointer = (*container.pointer, "env", index, "valueFrom", key_ref)
            keys = (((*pointer, "key"), tree.text(reference, "key")),)
            yield Use(pod, pointer, "name", tree.text(reference, "name"), keys)
    for index, entry in tree.entries(container.body, "envFrom"):
        reference = tree.mapping(entry, env_ref)
        if reference and reference.get("optional") is not True:
            yield Use(
                pod, (*container.pointer, "envFrom", index, env_ref), "name", tree.text(reference, "name"), ()
            )


def _in_volume(pod: Pod, pointer: Pointer, field: str) -> Iterator[Use]:
    source = tree.mapping(pod.artifact.body, *pointer)
    if source and source.get("optional") is not True:
        keys = tuple(
            ((*pointer, "items", index, "key"), tree.text(item, "key"))
            for index, item in tree.entries(source, "items")
        )
        yield Use(pod, pointer, field, tree.text(source, field), keys)
