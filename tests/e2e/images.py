"""Builds both images with buildah, without a registry, and tries what is in them.

    python tests/e2e/images.py BUILD_FOLDERS WORK_FOLDER

BUILD_FOLDERS is the `images/` of a compile with `images.hadoop.source: folder`. It must run as root on Debian with
`buildah` and `mmdebstrap`, and reach a Debian archive and a Python package index. The official Python image is
stood in for by the same Debian release with the Python that runs this script, which must be of the same series, and
Hadoop by a tarball with the same layout and no contents. The instructions run unchanged.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ENVIRONMENT = {**os.environ, "STORAGE_DRIVER": "vfs", "BUILDAH_ISOLATION": "chroot"}
SITE_FILES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
# What Python's modules load.
LIBRARIES = (
    "ca-certificates,netbase,tzdata,"
    "libbz2-1.0,libexpat1,libffi8,liblzma5,libncursesw6,libreadline8,libsqlite3-0,libssl3,zlib1g"
)
# What the official slim images leave out, a folder among it that Java's package links into.
SLIM = "path-exclude /usr/share/man/*\npath-exclude /usr/share/doc/*\n"
HADOOP = """#!/bin/sh
[ "$*" = "classpath --glob" ] || exit 2
echo "$HADOOP_CONF_DIR:/opt/hadoop/share/hadoop/common/one.jar"
"""


def main() -> None:
    """Makes the stand-ins, builds and tries."""
    folders, work = Path(sys.argv[1]), Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    for folder in sorted(folders.iterdir()):
        dockerfile = (folder / "Dockerfile").read_text()
        base = re.search(r"^FROM (\S+) AS base$", dockerfile, re.MULTILINE)
        tarball = re.search(r"source=(hadoop-([0-9.]+)\.tar\.gz)", dockerfile)
        if base is None or tarball is None:
            sys.exit(f"{folder}: no base image, or a Hadoop that is downloaded")
        stand_in(base[1], work)
        context = work / "context" / folder.name
        shutil.rmtree(context, ignore_errors=True)
        shutil.copytree(folder, context)
        write_hadoop(context, tarball[1], tarball[2])
        build(context, f"localhost/mlkc-{folder.name}")
        TRIES[folder.name](f"localhost/mlkc-{folder.name}")
        sys.stdout.write(f"{folder.name}: built, and it does what it should\n")


def stand_in(reference: str, work: Path) -> None:
    """Makes an image under the official one's name, once."""
    name = f"docker.io/library/{reference}"
    found = subprocess.run(["buildah", "inspect", name], check=False, capture_output=True, env=ENVIRONMENT)
    if found.returncode == 0:
        return
    debian = reference.rpartition("-")[2]
    series = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not reference.startswith((f"python:{series}-", f"python:{series}.")):
        sys.exit(f"run this with the Python of {reference}, not with {series}")
    root = work / f"root-{debian}"
    run("mmdebstrap", "--variant=minbase", f"--include={LIBRARIES}", debian, str(root), *archive(debian))
    add_python(root / "usr/local", series)
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


def build(context: Path, name: str) -> None:
    """Builds as a user would, only that nothing is pulled."""
    run("buildah", "bud", "--pull=never", "--network=host", "--layers=false", "--tag", name, str(context))


def try_server(image: str) -> None:
    """Asks the server's image for its parts."""
    script = "mlflow --version; with-hadoop printenv CLASSPATH; java -version 2>&1; ls $JAVA_HOME/lib/server/libjvm.so"
    class_path = "/etc/hadoop:/opt/hadoop/share/hadoop/common/one.jar"
    expect(
        image, script, ("mlflow, version", class_path, "openjdk version", "/opt/java/lib/server/libjvm.so")
    )


def try_client(image: str) -> None:
    """Asks the client's image for its parts."""
    spark = "SPARK_LOCAL_HOSTNAME=localhost spark-submit --version 2>&1"
    script = f"with-hadoop jupyter lab --version; python -c 'import mlflow, pyspark'; {spark}"
    expect(image, script, ("version 3.",))


TRIES = {"server": try_server, "client": try_client}
LEFTOVERS = "/build /var/lib/apt/lists/* /opt/hadoop/share/hadoop/yarn"


def expect(image: str, script: str, wanted: tuple[str, ...]) -> None:
    """Runs a script, wants some words in its output, and looks for what should have stayed in earlier stages."""
    out = inside(
        image, f"set -e; id -u; pip check; {script}; ls -d {LEFTOVERS} 2>/dev/null | sed 's/^/left: /'"
    )
    for words in ("8888", "No broken requirements", *wanted):
        if words not in out:
            sys.exit(f"{image}: no `{words}` in:\n{out}")
    if "left: " in out:
        sys.exit(f"{image}: left from an earlier stage:\n{out}")


def inside(image: str, script: str) -> str:
    """Runs a script in a container of the image."""
    container = run("buildah", "from", "--pull=never", image).split()[-1]
    try:
        return run("buildah", "run", container, "--", "sh", "-c", script)
    finally:
        run("buildah", "rm", container)


def run(*command: str) -> str:
    """Runs a command and returns its output; it is shown when the command fails."""
    done = subprocess.run(
        command, check=False, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
