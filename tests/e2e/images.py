"""Builds the images of a spec with buildah, without a registry, once for each content of their build folders.

It must run as root on Debian with `buildah` and `mmdebstrap`, and reach a Debian archive and a Python package index.
The Dockerfile's instructions run unchanged; of its build folder only the files that name a mirror are this machine's.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from mlkc.artifact.yaml import dump

from . import hadoop, stand_in
from .binaries import cache_folder, only_one
from .buildah import NEEDED, Image, inspected, known, mounted, run

SPECS: Final = Path(__file__).parents[2] / "specs"
_MIRROR_FILES: Final = {
    "pip.conf": "/etc/pip.conf",
    "debian.sources": "/etc/apt/sources.list.d/debian.sources",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What an image cost when it was built.

    Attributes:
        seconds: What the build took, the stand-in base aside.
        megabytes: The size of its files, the base's among them.
    """

    seconds: float
    megabytes: float


def buildable(name: str, **changed: object) -> str:
    """A spec of `specs/` whose images can be built here.

    Args:
        name: As in `legacy/python-stretch`.
        changed: Settings of `images` that are others.

    Returns:
        Its text: with the series of this Python, if none is among `changed`, and with Hadoop in the build folder.
    """
    spec: dict[str, Any] = YAML(typ="safe").load(SPECS / f"{name}.yaml")
    images = spec.setdefault("images", {})
    images["hadoop"] = {**images.get("hadoop", {}), "source": "folder"}
    images |= {"python": stand_in.SERIES, **changed}
    return dump(spec)


def built(name: str, folder: Path, work: Path) -> Image:
    """The image of a build folder, built as a user would, only that nothing is pulled.

    It is kept, until another one of the same name takes its place.

    Args:
        name: As in `minimal-server`.
        folder: The build folder of a compile with `images.hadoop.source: folder`.
        work: An existing folder for what the build needs.

    Raises:
        AssertionError: The build fails; or no base can stand in for the image's.
    """
    missing = [program for program in NEEDED if shutil.which(program) is None]
    assert not missing, f"apt-get install {' '.join(missing)}"
    assert os.geteuid() == 0, "buildah builds in a chroot here, which only root may do"
    dockerfile = (folder / "Dockerfile").read_text(encoding="utf-8")
    base = re.search(r"^FROM (\S+) AS base$", dockerfile, re.MULTILINE)
    tarball = re.search(r"source=hadoop-([0-9.]+)\.tar\.gz", dockerfile)
    assert base, "no base image"
    assert tarball, "a Hadoop that is downloaded"
    tag = f"localhost/mlkc-e2e/{name}"
    image = f"{tag}:{_digest(folder)}"
    if not known(image):
        # One at a time: the first makes the base of all, and more would only share the processor.
        with only_one("images"):
            if not known(image):
                _remove(tag)
                stand_in.python_image(base[1], work)
                _build(image, folder, tarball[1], work / f"context-{name}")
    return inspected(image)


def _remove(tag: str) -> None:
    names = run("buildah", "images", "--format", "{{.Name}}:{{.Tag}}")
    for old in re.findall(rf"^({tag}:\S+)$", names, re.MULTILINE):
        run("buildah", "rmi", old)


def _build(image: str, folder: Path, hadoop_version: str, context: Path) -> None:
    shutil.copytree(folder, context)
    for file, own in _MIRROR_FILES.items():
        if (context / file).is_file():
            shutil.copy(own, context / file)
    stand_in.hadoop_tarball(context, hadoop_version)
    start = time.monotonic()
    options = ("--pull=never", "--network=host", "--layers=false", "--force-rm")
    # One image waits for another, and most of the other tests for none: where root may, a build goes before them.
    run("nice", "-n", "-10", "buildah", "bud", *options, "--tag", image, str(context))
    _record(image).write_text(json.dumps(time.monotonic() - start))
    shutil.rmtree(context)


def cost(image: Image) -> Cost:
    """What it took to build an image, now or in an earlier run, and how large it is."""
    with mounted(image) as root:
        size = int(run("du", "-s", "--block-size=1", str(root)).split()[0]) / 1e6
    return Cost(json.loads(_record(image.name).read_text()), size)


def _digest(folder: Path) -> str:
    """Of all that an image is made of, but the packages that an index has on the day."""
    digest = hashlib.sha256(f"{stand_in.SERIES} {hadoop.HADOOP}".encode())
    for file in sorted(folder.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _record(image: str) -> Path:
    return cache_folder() / "containers" / f"{image.rpartition('/')[2].replace(':', '-')}.seconds"
