"""`base/`: every object in a file of its own, and the kustomization that lists them."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from mlkc.artifact.build import at, yaml_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.emit.hadoop_conf import ConfigMap, config_maps, has_spark
from mlkc.emit.objects.common import recommended
from mlkc.emit.objects.stack import objects
from mlkc.emit.patches import patch_files
from mlkc.emit.scope import Scope
from mlkc.plan.plan import Plan
from mlkc.plan.pods import ImageUse

API_VERSION = "kustomize.config.k8s.io/v1beta1"


def base_reference(image: ImageUse) -> str:
    """What the base writes: the bare name of an image of ours, the full reference of anybody else's.

    Ours get their tag in the overlays: a tag is the hash of the build folder, and the base would change with it.
    """
    return image.name if image.build else reference(image)


def reference(image: ImageUse, tags: dict[str, str] | None = None) -> str:
    """The full reference that a pod runs.

    Args:
        image: the image.
        tags: tag of each image of ours that has none of its own, by `build`.
    """
    if image.digest:
        return f"{image.repository}@{image.digest}"
    return f"{image.repository}:{image.tag or (tags or {})[str(image.build)]}"


def base(plan: Plan) -> tuple[list[Artifact], list[Artifact]]:
    """Emits the folder.

    Returns:
        The files, and those of them that are the stack's objects.
    """
    scope = Scope(plan.base, ("base",), base_reference)
    manifests = objects(scope)
    maps = shared_maps(plan)
    patches, entries = patch_files("base", plan.patches, manifests, ("patches",))
    tree: dict[str, Any] = {
        "apiVersion": API_VERSION,
        "kind": "Kustomization",
        "namespace": scope.at("namespace", value=plan.base.namespace),
        "resources": [at(manifest.origin(()), manifest.path) for manifest in manifests],
        "configMapGenerator": [generator(scope, one) for one in maps],
        "patches": [at(("patches", index), entry) for index, entry in enumerate(entries)] or None,
    }
    kustomization = yaml_artifact("base/kustomization.yaml", ArtifactKind.KUSTOMIZATION, tree, scope.path())
    config = [file for one in maps for file in one.files]
    files = [replace(file, path=f"base/{file.path}") for file in (*manifests, *config)]
    return [kustomization, *files, *patches], manifests


def shared_maps(plan: Plan) -> list[ConfigMap]:
    """The ConfigMaps that the base generates: those that every environment has, since an overlay can't drop one."""
    maps = config_maps(Scope(plan.base, ("base",), base_reference))
    everywhere = all(has_spark(environment.stack) for environment in plan.environments)
    return maps if everywhere else maps[:1]


def generator(scope: Scope, made: ConfigMap) -> dict[str, Any]:
    """The entry of a kustomization that generates a ConfigMap."""
    return {
        "name": made.name,
        "files": [at(file.origin(()), file.path) for file in made.files],
        "options": {"labels": recommended(scope, made.component)},
    }
