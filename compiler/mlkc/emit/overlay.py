"""`overlays/<env>/`: only what differs from the base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mlkc.artifact.build import at, yaml_artifact
from mlkc.artifact.model import Artifact, ArtifactKind, LocalSecret
from mlkc.emit.base import API_VERSION, base_reference, generator, reference, shared_maps
from mlkc.emit.difference import Difference
from mlkc.emit.hadoop_conf import ConfigMap, config_maps, has_spark
from mlkc.emit.objects.common import recommended
from mlkc.emit.objects.stack import objects
from mlkc.emit.patches import FOLDER, patch_files
from mlkc.emit.scope import Scope
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.pods import ImageUse
from mlkc.plan.server import ServerPlan
from mlkc.plan.stack import StackPlan


class Overlay(Struct, frozen=True):
    """An environment's files, its local secret files, and the objects that it must render to."""

    files: list[Artifact]
    secrets: list[LocalSecret]
    intended: tuple[Artifact, ...]


def overlay(
    plan: Plan, environment: EnvironmentPlan, base_objects: Sequence[Artifact], tags: dict[str, str]
) -> Overlay:
    """Emits one environment.

    Args:
        plan: the whole plan.
        environment: the environment to emit.
        base_objects: the base's objects.
        tags: content address of each image of ours.
    """
    return _Emitter(plan, environment, base_objects, tags).emit()


class _Emitter:
    def __init__(
        self, plan: Plan, environment: EnvironmentPlan, base_objects: Sequence[Artifact], tags: dict[str, str]
    ) -> None:
        self.plan = plan
        self.environment = environment
        self.stack = environment.stack
        self.folder = f"overlays/{environment.name}"
        self.prefix = ("environments", environment.name)
        self.base_objects = {artifact.path: artifact for artifact in base_objects}
        self.tags = tags
        self.shared = {made.name: {file.path: file.body for file in made.files} for made in shared_maps(plan)}
        # Images and replicas have fields of their own in a kustomization, so no patch may say them again.
        self.comparable = Scope(self.stack, self.prefix, self._image_of_base)
        self.wanted = {artifact.path: artifact for artifact in objects(self.comparable)}

    def emit(self) -> Overlay:
        added = [artifact for path, artifact in self.wanted.items() if not self._is_in_base(path)]
        own, own_entries = self._differences()
        theirs, their_entries = patch_files(
            self.folder, self.environment.patches, [*self.wanted.values()], (*self.prefix, "patches")
        )
        maps = self._config_maps()
        tree = {
            "apiVersion": API_VERSION,
            "kind": "Kustomization",
            # The base's own does not reach what is generated here.
            "namespace": self.comparable.at("namespace", value=self.stack.namespace),
            "resources": ["../../base", *(at(artifact.origin(()), artifact.path) for artifact in added)],
            "images": self._images() or None,
            "replicas": self._replicas() or None,
            "configMapGenerator": [self._generator(one) for one in maps] or None,
            "secretGenerator": self._secret_generators() or None,
            "patches": [
                *own_entries,
                *(at((*self.prefix, "patches", index), entry) for index, entry in enumerate(their_entries)),
            ]
            or None,
            "replacements": self._replacements() or None,
        }
        config = [file for one in maps for file in one.files]
        kustomization = yaml_artifact("kustomization.yaml", ArtifactKind.KUSTOMIZATION, tree, self.prefix)
        files = [
            replace(file, path=f"{self.folder}/{file.path}")
            for file in (kustomization, *added, *own, *config)
        ]
        return Overlay([*files, *theirs], self._local_secrets(), self._intended())

    def _is_in_base(self, path: str) -> bool:
        """Tells whether the base holds an object, under the name that it has here: a patch can't rename one."""
        base, wanted = self.base_objects.get(path), self.wanted[path]
        if base is None:
            return False
        return bool(wanted.body["kind"] == "Namespace" or _name(base) == _name(wanted))

    def _image_of_base(self, image: ImageUse) -> str:
        return next(
            (base_reference(use) for use in _uses(self.plan.base) if use.name == image.name),
            base_reference(image),
        )

    def _differences(self) -> tuple[list[Artifact], list[Any]]:
        """Emits a patch for each object that differs, and one that deletes each that is not wanted."""
        files: list[Artifact] = []
        for path, base in self.base_objects.items():
            wanted = self.wanted.get(path)
            identity = {key: base.body[key] for key in ("apiVersion", "kind")}
            name = _name(base)
            if wanted is None or not self._is_in_base(path):
                body = {"$patch": "delete", **identity, "metadata": {"name": name}}
                section = base.origin(())[1:]
                files.append(
                    Artifact(
                        f"{FOLDER}/{path}", ArtifactKind.MERGE_PATCH, body, {(): (*self.prefix, *section)}
                    )
                )
                continue
            scaled = _scaled(base) and not _scaled(wanted)
            difference = Difference(_comparable(base, scaled), _comparable(wanted), wanted.origins)
            if difference.patch:
                metadata = {"name": name, **difference.patch.pop("metadata", {})}
                body = {**identity, "metadata": metadata, **difference.patch}
                origins = {(): wanted.origin(()), **difference.origins}
                files.append(Artifact(f"{FOLDER}/{path}", ArtifactKind.MERGE_PATCH, body, origins))
        return files, [at(file.origin(()), {"path": file.path}) for file in files]

    def _config_maps(self) -> list[ConfigMap]:
        """Those with a file that the base's does not have, with those files."""
        maps = []
        for made in config_maps(self.comparable):
            base = self.shared.get(made.name)
            files = [file for file in made.files if base is None or base.get(file.path) != file.body]
            maps += [replace(made, files=files)] if files else []
        return maps

    def _generator(self, made: ConfigMap) -> dict[str, Any]:
        if made.name not in self.shared:
            return generator(self.comparable, made)
        names = [at(file.origin(()), file.path) for file in made.files]
        return {"name": made.name, "behavior": "merge", "files": names}

    def _replacements(self) -> list[Any]:
        client = self.stack.client
        if client is None or not has_spark(self.stack):
            return []
        from mlkc.emit.objects.spark import image_replacement  # noqa: PLC0415  few clients have it

        return [self.comparable.at("client", "image", value=image_replacement(self.comparable, client))]

    def _images(self) -> list[Any]:
        base = {use.name: use for use in _uses(self.plan.base)}
        entries = []
        for section, use in _sections(self.stack):
            # What the base lacks is an object of the overlay's own, which says its whole image itself.
            if not use.build and (use.name not in base or reference(base[use.name]) == reference(use)):
                continue
            # The base writes ours by their bare names, and the database's where it is pulled from there.
            name = use.name if use.build else base[use.name].repository
            entry = {
                "name": name,
                "newName": use.repository if use.repository != name else None,
                "newTag": None if use.digest else use.tag or self.tags[str(use.build)],
                "digest": use.digest,
            }
            entries.append(self.comparable.at(section, "image", value=entry))
        return entries

    def _replicas(self) -> list[Any]:
        base, wanted = self.plan.base, self.stack
        counts = [("server", wanted.server.object, _fixed(base.server), _fixed(wanted.server))]
        if base.client is not None and wanted.client is not None:
            counts.append(("client", wanted.client.object, base.client.replicas, wanted.client.replicas))
        return [
            self.comparable.at(section, "replicas", value={"name": name, "count": count})
            for section, name, before, count in counts
            if count is not None and count != before
        ]

    def _local_secrets(self) -> list[LocalSecret]:
        origin = self.stack.secret_origin
        if not origin.local:
            return []
        sops = origin.strategy == "sops"
        return [
            LocalSecret(
                f"{self.folder}/{secret.file}", secret, f"{self.folder}/{secret.encrypted}" if sops else None
            )
            for secret in self.stack.secrets
        ]

    def _secret_generators(self) -> list[Any]:
        """No hash in the name: a changed file can't change the password inside an initialised database."""
        if not self.stack.secret_origin.local:
            return []
        return [
            {
                "name": secret.secret,
                "envs": [secret.file],
                "options": {
                    "disableNameSuffixHash": True,
                    "labels": recommended(self.comparable, secret.component),
                },
            }
            for secret in self.stack.secrets
        ]

    def _intended(self) -> tuple[Artifact, ...]:
        """The objects as a cluster must get them: whole images, and the namespace that the kustomization sets."""
        scope = Scope(self.stack, self.prefix, lambda image: reference(image, self.tags))
        return tuple(_in_namespace(artifact, self.stack.namespace) for artifact in objects(scope))


def _name(artifact: Artifact) -> Any:
    return artifact.body["metadata"]["name"]


def _in_namespace(artifact: Artifact, namespace: str) -> Artifact:
    body = artifact.body
    if body["kind"] == "Namespace":
        return artifact
    return replace(artifact, body={**body, "metadata": {**body["metadata"], "namespace": namespace}})


def _fixed(server: ServerPlan) -> int | None:
    """The number of pods; None where an autoscaler decides it."""
    return None if server.autoscale else server.replicas


def _scaled(artifact: Artifact) -> bool:
    """Tells whether an object has a number of pods, which an autoscaler's Deployment has not."""
    return "replicas" in artifact.body.get("spec", {})


def _comparable(artifact: Artifact, whole: bool = False) -> dict[str, Any]:
    """The object without what the kustomization says in fields of its own: replicas, and a namespace's name.

    Args:
        artifact: the object.
        whole: keep the replicas, because a patch has to take them away.
    """
    body = dict(artifact.body)
    if body["kind"] == "Deployment" and not whole:
        body["spec"] = {key: value for key, value in body["spec"].items() if key != "replicas"}
    if body["kind"] == "Namespace":
        body["metadata"] = {key: value for key, value in body["metadata"].items() if key != "name"}
    return body


def _sections(stack: StackPlan) -> list[tuple[str, ImageUse]]:
    server = stack.database.server
    backup = stack.database.backup
    own = server.image if server else backup.image if backup else None
    pairs = [*([("database", own)] if own else []), ("server", stack.server.image)]
    return [*pairs, ("client", stack.client.image)] if stack.client else pairs


def _uses(stack: StackPlan) -> list[ImageUse]:
    return [use for _, use in _sections(stack)]
