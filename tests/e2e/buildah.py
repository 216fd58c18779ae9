"""Runs buildah as root with a storage of the tests' own, and programs in what it built as a pod would run them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from .binaries import cache_folder

NEEDED: Final = ("buildah", "mmdebstrap", "unshare")


@dataclass(frozen=True, slots=True)
class Image:
    """An image that was built, and what it says of itself.

    Attributes:
        name: What buildah knows it by.
        user: Who runs its programs, as in `8888:8888`.
        variables: Their environment.
        workdir: Where they start.
        entrypoint: The program of a container without a command.
        arguments: Its arguments, of a container without arguments.
        labels: What it is labelled with.
    """

    name: str
    user: str
    variables: dict[str, str]
    workdir: str
    entrypoint: tuple[str, ...]
    arguments: tuple[str, ...]
    labels: dict[str, str]


def run(*command: str) -> str:
    """Run a command, buildah among others, and return its output.

    Raises:
        AssertionError: It failed; the message holds the end of what it printed.
    """
    done = subprocess.run(
        command, check=False, env=_environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, f"{shlex.join(command)} failed:\n{done.stdout[-6000:]}"
    return done.stdout


def known(name: str) -> bool:
    """Whether there is an image of this name."""
    command = ["buildah", "inspect", "--type", "image", name]
    return subprocess.run(command, check=False, capture_output=True, env=_environment()).returncode == 0


def inspected(name: str) -> Image:
    """An image by its name."""
    config = json.loads(run("buildah", "inspect", "--type", "image", name))["OCIv1"]["config"]
    variables = dict(entry.split("=", 1) for entry in config.get("Env") or ())
    start = (tuple(config.get(key) or ()) for key in ("Entrypoint", "Cmd"))
    user, workdir, labels = config.get("User", ""), config.get("WorkingDir", "/"), config.get("Labels") or {}
    return Image(name, user, variables, workdir, *start, labels)


@contextmanager
def mounted(image: Image) -> Iterator[Path]:
    """The files of an image."""
    container = run("buildah", "from", "--pull=never", image.name).split()[-1]
    try:
        yield Path(run("buildah", "mount", container).split()[-1])
    finally:
        run("buildah", "rm", container)


def inside(image: Image, script: str, writable: dict[str, str]) -> str:
    """Run a shell script in the image as its own user, with a read-only root file system.

    Args:
        image: What was built.
        script: For `sh -c`.
        writable: The folders that are empty and writable, as a pod's emptyDir volumes are, and their modes.

    Returns:
        What it printed.

    Raises:
        AssertionError: It fails.
    """
    with mounted(image) as root:
        owner = image.user.partition(":")[0]
        steps = [f"mount --bind {root} {root}", f"mount -o remount,ro,bind {root}"]
        for folder, mode in writable.items():
            steps.append(f"mount -t tmpfs -o mode={mode},uid={owner} tmpfs {root}{folder}")
        steps += [f"mount -t proc proc {root}/proc", f"mount --rbind /dev {root}/dev"]
        variables = [f"{key}={value}" for key, value in image.variables.items()]
        inner = (
            "chroot",
            f"--userspec={image.user}",
            str(root),
            "env",
            "-i",
            *variables,
            "sh",
            "-ec",
            script,
        )
        return run("unshare", "--mount", "sh", "-ec", "\n".join([*steps, f"exec {shlex.join(inner)}"]))


@cache
def _environment() -> dict[str, str]:
    """Buildah's settings: a storage that is kept between runs, on the faster driver if this machine has it."""
    folder = cache_folder() / "containers"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "BUILDAH_ISOLATION": "chroot"}
    for driver in ("overlay", "vfs"):
        settings = folder / f"{driver}.conf"
        settings.write_text(
            f'[storage]\ndriver = "{driver}"\ngraphroot = "{folder}/{driver}"\nrunroot = "{folder}/{driver}-run"\n'
        )
        environment["CONTAINERS_STORAGE_CONF"] = str(settings)
        if driver == "vfs" or _works(environment):
            break
    return environment


def _works(environment: dict[str, str]) -> bool:
    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["buildah", *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)

    made = ask("from", "scratch")
    if made.returncode != 0:
        return False
    container = made.stdout.split()[-1]
    is_mounted = ask("mount", container).returncode == 0
    ask("rm", container)
    return is_mounted
