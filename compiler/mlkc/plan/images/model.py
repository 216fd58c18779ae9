"""The plan of an image's build folder, with nothing left to decide.

What a value comes from is its path in the spec, which is its plan path as well: `("images", "java")`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.text.paths import PlanPath

ImageName = Literal["server", "client"]
# The user and group of both images; MLflow's official image has used it, and volumes may belong to it.
UID = 8888
HOME = "/home/app"


class AptSources(Struct, frozen=True):
    """Package sources that stand in for the base image's own while the image is built.

    Attributes:
        file: name in the build folder.
        target: the base image's file that it covers.
        text: its content.
        path: the setting that asks for it.
    """

    file: str
    target: str
    text: str
    path: PlanPath


class PipIndex(Struct, frozen=True):
    """A package index in place of the public one; `trusted` names the host when it is served by plain http."""

    url: str
    trusted: str | None


class JavaRuntime(Struct, frozen=True):
    """Java, by apt or copied from an image that has it.

    Attributes:
        major: 17.
        package: `openjdk-17-jre-headless=17.*`, or None when it is copied.
        image: the image to copy from, or None when it is installed.
        home: JAVA_HOME in that image; empty when it is installed.
        jdk: with compiler and tools.
    """

    major: int
    package: str | None
    image: str | None
    home: str
    jdk: bool


class HadoopClient(Struct, frozen=True):
    """The Hadoop client.

    Attributes:
        version: `3.4.3`.
        tarball: file name, in the build folder or below the URLs.
        urls: where it is downloaded from, tried in order; empty when it lies in the build folder.
        fetch_packages: apt packages that the download needs.
        sha512: its checksum; None only for a tarball in the build folder.
        core_site, hdfs_site: the properties of its configuration files.
    """

    version: str
    tarball: str
    urls: tuple[str, ...]
    fetch_packages: tuple[str, ...]
    sha512: str | None
    core_site: tuple[tuple[str, str], ...]
    hdfs_site: tuple[tuple[str, str], ...]


class Requirement(Struct, frozen=True):
    """A line of requirements.txt and the setting that asks for it."""

    text: str
    path: PlanPath


class PythonPackages(Struct, frozen=True):
    """What pip installs.

    Attributes:
        series: Python's series, `3.11`.
        requirements: pinned, in the order of the file.
        constraints: versions of what the requirements need in turn, in the order of their names.
        locked: the constraints name every package that is installed.
        build_packages: apt packages that compiling them needs.
        run_packages: apt packages with the shared libraries that they load.
        index: the index to install from, or None for the public one.
    """

    series: str
    requirements: tuple[Requirement, ...]
    constraints: tuple[str, ...]
    locked: bool
    build_packages: tuple[str, ...]
    run_packages: tuple[str, ...]
    index: PipIndex | None


class Variable(Struct, frozen=True):
    """An environment variable of the image and the setting that decides its value."""

    name: str
    value: str
    path: PlanPath


class Program(Struct, frozen=True):
    """A program of mlkc's own in the image: its source file, and where it is installed."""

    file: str
    target: str


class Account(Struct, frozen=True):
    """The user that the image runs as."""

    name: str
    uid: int
    home: str
    shell: str


class Installer(Struct, frozen=True):
    """Miniconda's installer, for a base that is built.

    Attributes:
        urls: where it is downloaded from, tried in order.
        sha256: its checksum.
        packages: apt packages that the stage needs; tini stays in the image.
    """

    urls: tuple[str, ...]
    sha256: str
    packages: tuple[str, ...]


class CondaPackages(Struct, frozen=True):
    """What conda installs.

    Attributes:
        channel: where from.
        packages: `NAME=VERSION`, or a bare name.
        condarc: the lines of conda's configuration.
        condarc_path: the setting that decides it.
        installer: for a base that is built; None for an image that has conda.
    """

    channel: str
    packages: tuple[Requirement, ...]
    condarc: tuple[str, ...]
    condarc_path: PlanPath
    installer: Installer | None


class MLflowSource(Struct, frozen=True):
    """MLflow from its source tree: the tree's name in the build folder, and the image that builds its UI."""

    folder: str
    node: str


class ImageBuild(Struct, frozen=True):
    """One image.

    Attributes:
        name: `server` or `client`.
        folder: its build folder in the output.
        title: what it is, for people.
        mlflow: MLflow's version, which is also the image's.
        base: reference of the image it starts from.
        debian: code name of the Debian in it.
        sources: where apt finds packages; None for the base image's own sources, or when apt installs nothing.
        environment: variables, in order.
        port: the port that its program listens on.
        conda: what conda installs; None where Python is the base image's own.
        source: the source tree that MLflow is built from; None where it comes from the index.
        old_libjvm: the image's pyarrow looks for Java where Java 8 had it.
        entrypoint, command: the program, and the arguments that a deployment may replace.
    """

    name: ImageName
    folder: str
    title: str
    mlflow: str
    base: str
    debian: str
    sources: AptSources | None
    java: JavaRuntime
    hadoop: HadoopClient
    python: PythonPackages
    conda: CondaPackages | None
    source: MLflowSource | None
    old_libjvm: bool
    account: Account
    environment: tuple[Variable, ...]
    programs: tuple[Program, ...]
    port: int
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]
