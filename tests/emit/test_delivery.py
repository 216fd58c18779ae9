"""What other tools read fits the overlays: names of images, folders, and lists that a controller compares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlkc.check.schemas import store

GOLDEN = Path(__file__).parents[1] / "golden"
CASE = GOLDEN / "delivery/out"
CUSTOM = sorted((Path(store.__file__).parent / "custom").glob("*.json"))


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


def filled_in(schema: Any, value: Any, inside: bool = False) -> Iterator[str]:
    """The fields of lists' entries that a server fills in from a schema's defaults."""
    if isinstance(value, list):
        for entry in value:
            yield from filled_in(schema["items"], entry, True)
    if isinstance(value, dict):
        for key, below in schema.get("properties", {}).items():
            if key in value:
                yield from filled_in(below, value[key], inside)
            elif inside and "default" in below:
                yield key


@pytest.mark.parametrize("path", CUSTOM, ids=lambda path: path.stem)
def test_argo_cd_finds_no_difference_in_lists_of_kinds_that_it_does_not_know(path: Path) -> None:
    """It compares such a list whole, so that what a server fills in is a difference for ever."""
    schema = json.loads(path.read_text())
    kind = f"kind: {schema['properties']['kind']['enum'][0]}\n"
    texts = [one.read_text() for one in GOLDEN.glob("*/out/**/*.yaml")]
    objects = [yaml.safe_load(text) for text in texts if kind in text]
    assert objects
    assert [key for one in objects if "spec" in one for key in filled_in(schema, one)] == []


def test_what_a_server_fills_in_is_seen() -> None:
    schema = json.loads(next(path for path in CUSTOM if "httproute" in path.stem).read_text())
    bare = {"spec": {"parentRefs": [{"name": "outer"}], "rules": []}}
    assert list(filled_in(schema, bare)) == ["group", "kind"]
