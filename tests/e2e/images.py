"""Builds an image with buildah, without a registry, and runs programs in it as a pod would.

It must run as root on Debian with `buildah` and `mmdebstrap`, and reach a Debian archive and a Python package index.
The official Python image is stood in for by the same Debian release with the Python that runs this, and Hadoop by a
tarball with the same layout and no contents. The Dockerfile's instructions run unchanged; of its build folder only
the files that name a mirror are this machine's.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = {**os.environ, "STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}
NEEDED: Final = ("buildah", "mmdebstrap", "unshare")
SERIES: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
SITE_FILES: Final = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
MIRROR_FILES: Final = {
    "pip.conf": "/etc/pip.conf",
    "debian.sources": "/etc/apt/sources.list.d/debian.sources",
}
# What Python's modules load.
LIBRARIES: Final = (
    "ca-certificates,netbase,tzdata,"
    "libbz2-1.0,libexpat1,libffi8,liblzma5,libncursesw6,libreadline8,libsqlite3-0,libssl3,zlib1g"
)
# What the official slim images leave out, a folder among it that Java's package links into.
SLIM: Final = "path-exclude /usr/share/man/*\npath-exclude /usr/share/doc/*\n"
HADOOP: Final = """#!/bin/sh
[ "$*" = "classpath --glob" ] || exit 2
echo "$HADOOP_CONF_DIR:/opt/hadoop/share/hadoop/common/one.jar"
"""


@dataclass(frozen=True, slots=True)
class Image:
    """An image that was built.

    Attributes:
        name: What buildah knows it by.
        seconds: What the build took, the stand-in base aside.
        megabytes: The size of its files, the base's among them.
        user: As the image sets it.
        variables: As the image sets them.
    """

    name: str
    seconds: float
    megabytes: float
    user: str
    variables: dict[str, str]


def built(folder: Path, work: Path) -> Image:
    """Build an image as a user would, only that nothing is pulled.

    Args:
        folder: The build folder of a compile with `images.hadoop.source: folder`.
        work: An empty folder for what the build needs.

    Raises:
        AssertionError: The build fails; or no base can stand in for the image's.
    """
    dockerfile = (folder / "Dockerfile").read_text(encoding="utf-8")
    base = re.search(r"^FROM (\S+) AS base$", dockerfile, re.MULTILINE)
    tarball = re.search(r"source=(hadoop-([0-9.]+)\.tar\.gz)", dockerfile)
    assert base, "no base image"
    assert tarball, "a Hadoop that is downloaded"
    stand_in(base[1], work)
    context = work / "context"
    shutil.copytree(folder, context)
    for name, own in MIRROR_FILES.items():
        if (context / name).is_file():
            shutil.copy(own, context / name)
    write_hadoop(context, tarball[1], tarball[2])
    name = f"localhost/mlkc-e2e-{folder.name}"
    start = time.monotonic()
    run("buildah", "bud", "--pull=never", "--network=host", "--layers=false", "--tag", name, str(context))
    seconds = time.monotonic() - start
    config = json.loads(run("buildah", "inspect", "--type", "image", name))["OCIv1"]["config"]
    variables = dict(entry.split("=", 1) for entry in config["Env"])
    container, root = mounted(name)
    try:
        size = int(run("du", "-s", "--block-size=1", str(root)).split()[0]) / 1e6
    finally:
        run("buildah", "rm", container)
    return Image(name, seconds, size, config["User"], variables)


def mounted(image: str) -> tuple[str, Path]:
    """Makes a container of an image; returns its name and where its files are."""
    container = run("buildah", "from", "--pull=never", image).split()[-1]
    return container, Path(run("buildah", "mount", container).split()[-1])


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
    container, root = mounted(image.name)
    owner = image.user.partition(":")[0]
    steps = [f"mount --bind {root} {root}", f"mount -o remount,ro,bind {root}"]
    for folder, mode in writable.items():
        steps.append(f"mount -t tmpfs -o mode={mode},uid={owner} tmpfs {root}{folder}")
    steps += [f"mount -t proc proc {root}/proc", f"mount --rbind /dev {root}/dev"]
    variables = [f"{key}={value}" for key, value in image.variables.items()]
    inner = ("chroot", f"--userspec={image.user}", str(root), "env", "-i", *variables, "sh", "-ec", script)
    try:
        return run("unshare", "--mount", "sh", "-ec", "\n".join([*steps, f"exec {shlex.join(inner)}"]))
    finally:
        run("buildah", "rm", container)


def remove(image: Image) -> None:
    """Remove an image; its stand-in base stays for the next one."""
    run("buildah", "rmi", image.name)


def run(*command: str) -> str:
    """Run a command and return its output; it is shown when the command fails."""
    done = subprocess.run(
        command, check=False, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, f"{shlex.join(command)} failed:\n{done.stdout[-6000:]}"
    return done.stdout


def stand_in(reference: str, work: Path) -> None:
    """Makes an image under the official one's name, once."""
    name = f"docker.io/library/{reference}"
    found = subprocess.run(["buildah", "inspect", name], check=False, capture_output=True, env=ENVIRONMENT)
    if found.returncode == 0:
        return
    debian = reference.rpartition("-")[2]
    own = reference.startswith((f"python:{SERIES}-", f"python:{SERIES}."))
    assert own, f"run this with the Python of {reference}, not with {SERIES}"
    root = work / f"root-{debian}"
    run("mmdebstrap", "--variant=minbase", f"--include={LIBRARIES}", debian, str(root), *archive(debian))
    add_python(root / "usr/local", SERIES)
    run("ldconfig", "-r", str(root))
    (root / "etc/dpkg/dpkg.cfg.d/slim").write_text(SLIM)
    shutil.rmtree(root / "usr/share/man", ignore_errors=True)
    for file in (*SITE_FILES, *map(str, Path("/etc/apt/apt.conf.d").glob("99*"))):
        if Path(file).is_file():
            shutil.copy(file, root / file.lstrip("/"))
    container = run("buildah", "from", "scratch").split()[-1]
    run("buildah", "add", container, str(root), "/")
    # The certificates that this machine trusts count, also where a build covers pip's configuration by its own.
    for variable in ("PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", f"PIP_CERT={SITE_FILES[0]}"):
        run("buildah", "config", "--env", variable, container)
    run("buildah", "commit", "--rm", container, name)
    shutil.rmtree(root)


def add_python(target: Path, series: str) -> None:
    """Copies this Python without what is installed in it; it finds its library from where it stands."""
    prefix = Path(sys.base_prefix)
    unwanted = shutil.ignore_patterns("test", "site-packages", "__pycache__", "config-*")
    shutil.copytree(prefix / f"lib/python{series}", target / f"lib/python{series}", ignore=unwanted)
    for library in prefix.glob("lib/libpython*.so*"):
        shutil.copy(library, target / "lib")
    shutil.copy(prefix / f"bin/python{series}", target / "bin")
    for name in ("python", "python3"):
        (target / "bin" / name).symlink_to(f"python{series}")


def archive(debian: str) -> list[str]:
    """The archive of this machine when it has the same release, else the public one."""
    own = Path("/etc/apt/sources.list.d/debian.sources")
    return [str(own)] if own.is_file() and f"Suites: {debian}" in own.read_text() else []


def write_hadoop(context: Path, file: str, version: str) -> None:
    """Writes a tarball with the layout of a Hadoop distribution, and its checksum."""
    files = {
        "bin/hadoop": HADOOP,
        "etc/hadoop/core-site.xml": "",
        "lib/native/libhdfs.so": "",
        "libexec/hadoop-config.sh": "",
        "share/hadoop/common/one.jar": "",
        "share/hadoop/hdfs/one.jar": "",
        "share/hadoop/yarn/unwanted.jar": "",
        "share/doc/unwanted.html": "",
    }
    with tarfile.open(context / file, "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"hadoop-{version}/{name}")
            member.size, member.mode = len(text.encode()), 0o755
            tar.addfile(member, io.BytesIO(text.encode()))
    digest = hashlib.sha512((context / file).read_bytes()).hexdigest()
    (context / "hadoop.sha512").write_text(f"{digest}  {file}\n")
