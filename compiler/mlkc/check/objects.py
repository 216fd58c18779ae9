"""The objects that one environment applies, indexed for the rules that follow references between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from mlkc.artifact.model import Artifact
from mlkc.check import tree
from mlkc.plan.outside import outside
from mlkc.plan.stack import StackPlan
from mlkc.text.paths import Pointer

_TEMPLATE: Pointer = ("spec", "template")
_POD_TEMPLATES: Mapping[str, Pointer] = {
    "Pod": (),
    "Deployment": _TEMPLATE,
    "StatefulSet": _TEMPLATE,
    "DaemonSet": _TEMPLATE,
    "ReplicaSet": _TEMPLATE,
    "Job": _TEMPLATE,
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
CLUSTER_SCOPED = frozenset(
    {
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "IngressClass",
        "Namespace",
        "PersistentVolume",
        "PriorityClass",
        "RuntimeClass",
        "StorageClass",
    }
)


def kind(artifact: Artifact) -> str:
    """Returns the kind of an object."""
    return tree.text(artifact.body, "kind")


def name(artifact: Artifact) -> str:
    """Returns the name of an object."""
    return tree.text(artifact.body, "metadata", "name")


def title(artifact: Artifact) -> str:
    """Names an object in a message: `Deployment mlflow-server`; a file that is no object by its path."""
    return " ".join(f"{kind(artifact)} {name(artifact)}".split()) or artifact.path


def in_namespace(artifact: Artifact, namespace: str) -> Artifact:
    """Returns an object in a namespace."""
    metadata = {**tree.mapping(artifact.body, "metadata"), "namespace": namespace}
    return replace(artifact, body={**artifact.body, "metadata": metadata})


class Generated(Struct, frozen=True):
    """A ConfigMap or Secret that a kustomization generates.

    Attributes:
        kind, name, namespace: as references name it, without the hash at its end.
        data: its keys with the texts that they must have, None for a text that is not known here (a secret, a
            file in another form); None for all of it when not even the keys can be known.
    """

    kind: str
    name: str
    namespace: str
    data: Mapping[str, str | None] | None

    @property
    def keys(self) -> frozenset[str] | None:
        """Its keys; None when they can't be known."""
        return None if self.data is None else frozenset(self.data)


def kept_objects(stack: StackPlan) -> tuple[Generated, ...]:
    """The objects that are in the cluster: a running installation's Secret, those called existing, those only named.

    What keys the first has can't be known, nor all of those that `env` names; the others must have ours.
    """
    found = []
    if stack.kept_secret is not None:
        found.append(Generated("Secret", stack.kept_secret, stack.namespace, None))
    if stack.secret_origin.strategy == "existing":
        found += [
            Generated("Secret", one.secret, stack.namespace, dict.fromkeys(one.keys)) for one in stack.secrets
        ]
    for one in outside(stack):
        data = {one.key: None} if one.alone and one.key else None
        found.append(Generated(one.kind, one.name, stack.namespace, data))
    return tuple(found)


class Container(Struct, frozen=True):
    """A container of a pod, an initial one too."""

    artifact: Artifact
    pointer: Pointer
    body: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Names the container in a message: `Deployment mlflow-server, container main`."""
        return f"{title(self.artifact)}, container {tree.text(self.body, 'name') or self.pointer[-1]}"


class Pod(Struct, frozen=True):
    """A pod, or the template of one in a workload.

    Attributes:
        artifact: the object that it stands in.
        pointer: the pod template's place in it.
        labels: the labels of its pods.
        spec: its pod spec.
        namespace: where it runs.
    """

    artifact: Artifact
    pointer: Pointer
    labels: Mapping[str, Any]
    spec: Mapping[str, Any]
    namespace: str

    def containers(self) -> Iterator[Container]:
        """Yields the initial containers and the containers."""
        for group in ("initContainers", "containers"):
            for index, body in tree.entries(self.spec, group):
                yield Container(self.artifact, (*self.pointer, "spec", group, index), body)


class ObjectSet(Struct, frozen=True):
    """What one environment applies.

    Attributes:
        namespace: the namespace of an object that names none.
        objects: the objects, in their order.
        generated: ConfigMaps and Secrets that are generated and stand in no file.
        pods: the pods and pod templates among the objects.
    """

    namespace: str
    objects: tuple[Artifact, ...]
    generated: tuple[Generated, ...] = ()
    pods: tuple[Pod, ...] = ()
    _keys: Mapping[tuple[str, str, str], frozenset[str] | None] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Artifact]:
        """Yields the objects of some kinds."""
        return (artifact for artifact in self.objects if kind(artifact) in kinds)

    def namespace_of(self, artifact: Artifact) -> str:
        """Returns an object's namespace; empty for the kinds that have none."""
        if kind(artifact) in CLUSTER_SCOPED:
            return ""
        return tree.text(artifact.body, "metadata", "namespace") or self.namespace

    def has(self, kind_: str, namespace: str, name_: str) -> bool:
        """Tells whether an object is there, in a file or generated."""
        return (kind_, namespace, name_) in self._keys

    def keys(self, kind_: str, namespace: str, name_: str) -> frozenset[str] | None:
        """Returns the keys of a ConfigMap or Secret; None when they can't be known."""
        return self._keys.get((kind_, namespace, name_))

    def names(self, kind_: str, namespace: str) -> list[str]:
        """Lists the names of a kind in a namespace."""
        return [name_ for found, where, name_ in self._keys if (found, where) == (kind_, namespace)]

    def namespaces(self, kind_: str, name_: str) -> list[str]:
        """Lists the namespaces that have an object of this kind and name."""
        return [where for found, where, name in self._keys if (found, name) == (kind_, name_)]


def object_set(namespace: str, objects: Iterable[Artifact], generated: Iterable[Generated]) -> ObjectSet:
    """Indexes the objects of an environment."""
    plain = ObjectSet(namespace, tuple(objects), tuple(generated))
    keys: dict[tuple[str, str, str], frozenset[str] | None] = {}
    for one in plain.generated:
        place = (one.kind, one.namespace, one.name)
        # One Secret may serve several ends, and has the keys of all of them.
        known = keys.get(place, frozenset())
        keys[place] = None if known is None or one.keys is None else known | one.keys
    for artifact in plain.objects:
        where = plain.namespace_of(artifact)
        keys[kind(artifact), where, name(artifact)] = _data_keys(artifact)
        made = _made_secret(artifact)
        if made is not None:
            keys["Secret", where, made[0]] = made[1]
    return ObjectSet(plain.namespace, plain.objects, plain.generated, tuple(_pods(plain)), keys)


def _pods(plain: ObjectSet) -> Iterator[Pod]:
    for artifact in plain.objects:
        pointer = _POD_TEMPLATES.get(kind(artifact))
        if pointer is None:
            continue
        template = tree.mapping(artifact.body, *pointer)
        yield Pod(
            artifact,
            pointer,
            tree.mapping(template, "metadata", "labels"),
            tree.mapping(template, "spec"),
            plain.namespace_of(artifact),
        )


def _made_secret(artifact: Artifact) -> tuple[str, frozenset[str] | None] | None:
    """The Secret that an operator makes from an object, with its keys; None for any other object."""
    body = artifact.body
    if kind(artifact) == "SealedSecret":
        return name(artifact), frozenset(tree.mapping(body, "spec", "encryptedData"))
    if kind(artifact) == "ExternalSecret":
        named = tree.text(body, "spec", "target", "name") or name(artifact)
        entries = (entry for _, entry in tree.entries(body, "spec", "data"))
        keys = frozenset(tree.text(entry, "secretKey") for entry in entries)
        return named, None if tree.get(body, ("spec", "dataFrom")) else keys
    return None


def _data_keys(artifact: Artifact) -> frozenset[str] | None:
    if kind(artifact) not in {"ConfigMap", "Secret"}:
        return None
    parts = ("data", "binaryData", "stringData")
    return frozenset(key for part in parts for key in tree.mapping(artifact.body, part))
