"""The images of MLflow's pods as buildah built them, with other packages where a test asks, and Hadoop's machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from .. import buildah, hadoop
from .container import Image

# What Debian's shells look in.
_PATH: Final = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"


@contextmanager
def mounted(image: buildah.Image) -> Iterator[Image]:
    """An image that was built, its files and its settings unchanged."""
    with buildah.mounted(image) as root:
        yield Image(
            root=root,
            uid=int(image.user.partition(":")[0]),
            environment=image.variables,
            workdir=image.workdir,
            entrypoint=image.entrypoint,
            arguments=image.arguments,
        )


def variant(image: Image, built: Path, folder: Path, scratch: Path) -> Image:
    """The image of another build folder with the same Dockerfile: one that was built, with the packages that differ.

    Args:
        image: What was built.
        built: Its build folder.
        folder: The other one.
        scratch: Gets the packages.
    """
    return with_packages(image, scratch, *sorted(_pins(folder) - _pins(built)))


def _pins(folder: Path) -> set[str]:
    lists = (folder / name for name in ("requirements.txt", "constraints.txt"))
    return {line for file in lists for line in file.read_text(encoding="utf-8").splitlines() if "==" in line}


def with_packages(image: Image, folder: Path, *requirements: str) -> Image:
    """The image with other packages before its own; what they need in turn is not installed.

    Args:
        image: One with a Python of the same series as this one's.
        folder: Gets the packages, unless it is there already.
        requirements: As in `mlflow==3.16.1`.
    """
    if not requirements:
        return image
    if not folder.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
        subprocess.run([*command, *requirements], check=True)
    at = "/opt/packages"
    return replace(image, folders={at: folder}, environment={**image.environment, "PYTHONPATH": at})


def machine(configuration: Path, data: Path) -> Image:
    """A machine with Java and Hadoop's servers.

    Args:
        configuration: Hadoop's configuration, at /conf.
        data: Where the servers write, at /data.
    """
    return Image(
        user=("hdfs", "/home/hdfs"),
        uid=8020,
        environment={"PATH": _PATH},
        folders={"/opt/cluster": hadoop.cluster(), "/conf": configuration},
        writable={"/data": data},
    )
