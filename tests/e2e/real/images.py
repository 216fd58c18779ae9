"""Stand-ins for the images: what their Dockerfiles add, on this machine's Debian and Python.

The server's Python packages are installed by the emitted requirements and constraints into /opt/venv; its programs, its
variables and its user are read from the emitted build folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from ..binaries import cache_folder
from . import hadoop
from .container import Image

# What the official Python image sets, on which the Dockerfile builds.
_PATH: Final = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
_MYSQL_ENTRYPOINT: Final = Path(__file__).with_name("database_entrypoint.sh")
_POSTGRES_ENTRYPOINT: Final = Path(__file__).with_name("postgres_entrypoint.sh")


def mlflow(build_folder: Path, scratch: Path) -> Image:
    """The image of a build folder.

    Args:
        build_folder: As in `images/server`.
        scratch: A folder of the test's.

    Returns:
        The image, its Python packages cached between runs.
    """
    dockerfile = (build_folder / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    last = dockerfile[dockerfile.rindex("\nFROM ") :]
    programs, configuration = scratch / "programs", scratch / "hadoop-conf"
    for folder in (programs, configuration):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, target in re.findall(r"^COPY (\S+) /usr/local/bin/(\S+)$", last, re.MULTILINE):
        shutil.copy(build_folder / source, programs / target)
        (programs / target).chmod(0o755)
    for source in re.findall(r"\S+", re.findall(r"^COPY (.+) /etc/hadoop/$", last, re.MULTILINE)[0]):
        shutil.copy(build_folder / source, configuration)
    (uid,) = re.findall(r"^USER (\d+):\d+$", last, re.MULTILINE)
    folders = {"/opt/venv": packages(build_folder), "/opt/hadoop": hadoop.client()}
    folders |= {"/etc/hadoop": configuration, **_python()}
    return Image(
        user=("app", "/home/app"),
        uid=int(uid),
        environment=_variables(last),
        workdir="/home/app",
        folders=folders,
        links={"/opt/java": str(hadoop.java_home())},
        programs=programs,
    )


def database(data_folder: Path, engine: str) -> Image:
    """The database's image: Debian's server, set up by its variables as the official images do.

    Args:
        data_folder: Gets a copy of the entry point.
        engine: Which; MariaDB stands in for MySQL.
    """
    if engine == "postgresql":
        return _postgresql(data_folder)
    assert shutil.which("mariadbd"), "mariadbd is missing: apt-get install mariadb-server-core mariadb-client"
    data_folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_MYSQL_ENTRYPOINT, data_folder / "docker-entrypoint.sh")
    return Image(
        user=("mysql", "/var/lib/mysql"),
        uid=999,
        environment={"PATH": _PATH},
        programs=data_folder,
        entrypoint=("sh", "/usr/local/bin/docker-entrypoint.sh"),
    )


def _postgresql(data_folder: Path) -> Image:
    (programs,) = Path("/usr/lib/postgresql").glob("*/bin")
    data_folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_POSTGRES_ENTRYPOINT, data_folder / "docker-entrypoint.sh")
    return Image(
        user=("postgres", "/var/lib/postgresql"),
        uid=999,
        environment={"PATH": f"{programs}:{_PATH}"},
        programs=data_folder,
        entrypoint=("bash", "/usr/local/bin/docker-entrypoint.sh"),
        stop_signal=signal.SIGINT,
    )


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


def _variables(stage: str) -> dict[str, str]:
    values = {"PATH": _PATH}
    for line in re.findall(r"^ENV (.+)$", stage, re.MULTILINE):
        for part in shlex.split(line):
            name, _, value = part.partition("=")
            values[name] = value.replace("${PATH}", values["PATH"])
    return values


def _python() -> dict[str, Path]:
    """Where this Python stands, if it is not among Debian's own folders."""
    prefix = Path(sys.base_prefix)
    return {} if prefix.is_relative_to("/usr") else {str(prefix): prefix}


def packages(build_folder: Path) -> Path:
    """The virtual environment of a build folder, made once as the Dockerfile makes it."""
    lists = [build_folder / "requirements.txt", build_folder / "constraints.txt"]
    digest = hashlib.sha256(sys.version.encode())
    for file in lists:
        digest.update(file.read_bytes())
    folder = cache_folder() / f"packages-{digest.hexdigest()[:12]}"
    if not folder.is_dir():
        new = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        _install(new, lists)
        new.rename(folder)
    return folder


def _install(folder: Path, lists: list[Path]) -> None:
    # Its scripts name the folder that an environment was made in, so it is made where it will stand.
    python = Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    requirements, constraints = (shlex.quote(str(file)) for file in lists)
    script = f"""set -e
    mount --make-rprivate /
    mount -t tmpfs opt /opt
    mkdir /opt/venv
    mount --bind {shlex.quote(str(folder))} /opt/venv
    {shlex.quote(str(python))} -m venv /opt/venv
    /opt/venv/bin/pip install --quiet --requirement {requirements} --constraint {constraints}"""
    nice = ["nice", "-n", "10", "unshare", "--mount", "sh", "-c", script]
    # A folder of wheels below /opt is out of sight here, and the index has them all.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_FIND_LINKS"}
    subprocess.run(nice, check=True, env=environment)
