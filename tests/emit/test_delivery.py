"""The build file and the overlays agree on the names of the images."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

CASE = Path(__file__).parents[1] / "golden/delivery/out"


def test_bake_tags_every_image_as_the_overlays_name_it() -> None:
    bake = json.loads((CASE / "images/docker-bake.json").read_text())
    tags = {tag for target in bake["target"].values() for tag in target["tags"]}
    used = set()
    for path in CASE.glob("overlays/*/kustomization.yaml"):
        for image in yaml.safe_load(path.read_text())["images"]:
            used.add(f"{image.get('newName', image['name'])}:{image['newTag']}")
    assert tags == used
    assert bake["group"]["default"]["targets"] == list(bake["target"])
    for target in bake["target"].values():
        assert (CASE / target["context"] / target["dockerfile"]).is_file()


def test_controllers_render_the_overlays_and_nothing_lists_their_objects() -> None:
    prod = yaml.safe_load((CASE / "overlays/prod/delivery/argocd.yaml").read_text())
    assert prod["spec"]["source"]["path"] == "stacks/mlflow/overlays/prod"
    flux = yaml.safe_load((CASE / "overlays/staging/delivery/flux.yaml").read_text())
    assert (CASE / flux["spec"]["path"] / "kustomization.yaml").is_file()
    for path in CASE.glob("overlays/*/kustomization.yaml"):
        assert "delivery" not in path.read_text()
