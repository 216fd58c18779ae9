"""Stand-ins for what no package registry has: the official Python image, and Hadoop's tarball.

The image is the same Debian release with a Python at the same place; the certificates, and the settings of pip and apt,
of this machine are put into it. The tarball has the layout of Hadoop's, and the client's jars of Maven Central.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import tarfile
from pathlib import Path
from typing import Final

from . import hadoop
from .buildah import inspected, known, run

SERIES: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
# The release whose own Python is of this series stands in for its image when another Python runs the tests.
DEBIANS_OWN: Final = {"bullseye": "3.9", "bookworm": "3.11", "trixie": "3.13"}
SITE_FILES: Final = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
# The label that says which state of this file made an image.
_RECIPE: Final = "mlkc-e2e.recipe"
# What Python's modules load.
_LIBRARIES: Final = (
    "ca-certificates,netbase,tzdata,"
    "libbz2-1.0,libexpat1,libffi8,liblzma5,libncursesw6,libreadline8,libsqlite3-0,libssl3,zlib1g"
)
_OWN_PYTHON: Final = "ca-certificates,netbase,tzdata,python3-dev,python3-venv"
# What the official slim images leave out, a folder among it that Java's package links into.
_SLIM: Final = "path-exclude /usr/share/man/*\npath-exclude /usr/share/doc/*\n"


def python_image(reference: str, work: Path) -> None:
    """Make an image under the official one's name, once.

    Args:
        reference: As in `python:3.11.16-slim-bookworm`.
        work: An existing folder.

    Raises:
        AssertionError: No Python of that series can be had for this Debian.
    """
    name = f"docker.io/library/{reference}"
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if known(name) and inspected(name).labels.get(_RECIPE) == recipe:
        return
    debian, series = reference.rpartition("-")[2], ".".join(reference[7:].partition("-")[0].split(".")[:2])
    root = work / f"root-{debian}"
    is_ours = series == SERIES
    assert is_ours or DEBIANS_OWN.get(debian) == series, f"run this with Python {series}, not with {SERIES}"
    packages = _LIBRARIES if is_ours else _OWN_PYTHON
    run("mmdebstrap", "--variant=minbase", f"--include={packages}", debian, str(root), *_archive(debian))
    if is_ours:
        _add_python(root / "usr/local")
    else:
        for program in ("python", "python3"):
            (root / "usr/local/bin" / program).symlink_to("/usr/bin/python3")
    run("ldconfig", "-r", str(root))
    (root / "etc/dpkg/dpkg.cfg.d/slim").write_text(_SLIM)
    shutil.rmtree(root / "usr/share/man", ignore_errors=True)
    for file in (*SITE_FILES, *map(str, Path("/etc/apt/apt.conf.d").glob("99*"))):
        if Path(file).is_file():
            shutil.copy(file, root / file.lstrip("/"))
    container = run("buildah", "from", "scratch").split()[-1]
    run("buildah", "add", container, str(root), "/")
    # The certificates that this machine trusts count, also where a build covers pip's configuration by its own.
    for variable in ("PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", f"PIP_CERT={SITE_FILES[0]}"):
        run("buildah", "config", "--env", variable, container)
    run("buildah", "config", "--label", f"{_RECIPE}={recipe}", container)
    run("buildah", "commit", "--rm", container, name)
    shutil.rmtree(root)


def hadoop_tarball(context: Path, version: str) -> None:
    """Write `hadoop-VERSION.tar.gz` and its checksum into a build folder."""
    file = context / f"hadoop-{version}.tar.gz"
    top = f"hadoop-{version}"
    empty = (
        "etc/hadoop/core-site.xml",
        "libexec/hadoop-config.sh",
        "share/hadoop/hdfs/none.jar",
        "share/hadoop/yarn/unwanted.jar",
        "share/doc/unwanted.html",
    )
    # The jars are compressed as they are.
    with tarfile.open(file, "w:gz", compresslevel=1) as tar:
        tar.add(hadoop.client(), top)
        for name in empty:
            tar.addfile(tarfile.TarInfo(f"{top}/{name}"), io.BytesIO())
    digest = hashlib.sha512(file.read_bytes()).hexdigest()
    (context / "hadoop.sha512").write_text(f"{digest}  {file.name}\n")


def _add_python(target: Path) -> None:
    """Copies this Python without what is installed in it; it finds its library from where it stands."""
    prefix = Path(sys.base_prefix)
    unwanted = shutil.ignore_patterns(
        "test", "tests", "idle_test", "site-packages", "__pycache__", "config-*"
    )
    shutil.copytree(prefix / f"lib/python{SERIES}", target / f"lib/python{SERIES}", ignore=unwanted)
    for library in prefix.glob("lib/libpython*.so*"):
        shutil.copy(library, target / "lib")
    shutil.copy(prefix / f"bin/python{SERIES}", target / "bin")
    for name in ("python", "python3"):
        (target / "bin" / name).symlink_to(f"python{SERIES}")


def _archive(debian: str) -> list[str]:
    """The archive of this machine when it has the same release, else the public one."""
    own = Path("/etc/apt/sources.list.d/debian.sources")
    return [str(own)] if own.is_file() and f"Suites: {debian}" in own.read_text() else []
