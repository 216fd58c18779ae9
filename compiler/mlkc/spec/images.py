"""`images`: how the server's and the client's image are built and what they are called."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.image_types import ImageDigest, ImageReference, ImageTag, Registry, Sha512
from mlkc.spec.model import SpecModel, section
from mlkc.spec.name_types import HostName
from mlkc.spec.requirement import CondaPackage, PinnedRequirement
from mlkc.spec.types import Version


class HadoopDistribution(SpecModel):
    """The Hadoop client in both images."""

    version: Version | None = Field(default=None, description="Hadoop's version.")
    source: Literal["download", "folder"] = Field(
        default="download",
        description="`download` it when the image is built, or take `hadoop-<version>.tar.gz` from the build folder.",
    )
    sha512: Sha512 | None = Field(
        default=None, description="Checksum of the tarball, for a version that mlkc does not know."
    )


class Conda(SpecModel):
    """Miniconda under both images, in place of the official Python image."""

    installer: str = Field(
        default="py312_24.5.0-0", description="Miniconda's version, as in the name of its installer."
    )
    base: Literal["pull", "build"] = Field(
        default="pull",
        description="`pull` the ready image of it, or `build` it: Debian, the installer by its checksum, and tini.",
    )
    channel: Literal["conda-forge", "defaults"] = Field(
        default="conda-forge",
        description="Where packages come from; `defaults` wants a paid licence of larger organisations.",
    )
    packages: list[CondaPackage] = Field(default=[], description="conda packages, pinned: `openssl=1.1.1w`.")


class BuiltImage(SpecModel):
    """An image that is built from the spec."""

    tag: ImageTag | None = Field(
        default=None, description="Its tag; the hash of its build folder when it is left out."
    )
    digest: ImageDigest | None = Field(
        default=None, description="Digest to deploy; it takes the place of a tag."
    )
    packages: list[PinnedRequirement] = Field(
        default=[], description="More Python packages, pinned: `boto3==1.40.1`."
    )


class Images(SpecModel):
    """Both images share a base, a Python, a Java and a Hadoop."""

    registry: Registry | None = Field(
        default=None, description="Where they are pushed: `registry.example.com/team`."
    )
    pull_secrets: list[HostName] = Field(
        default=[], description="Secrets with the registries' logins, already there, for all pods."
    )
    debian: str | None = Field(default=None, description="Debian release, by code name.")
    python: Version | None = Field(default=None, description="Python's minor version.")
    java: Annotated[int, Field(ge=7, le=99)] | None = Field(default=None, description="Java's major version.")
    jdk: bool = Field(
        default=False, description="Whether Java comes with its compiler and tools; running needs neither."
    )
    base: ImageReference | None = Field(
        default=None, description="Base image; `python:<python>-slim-<debian>` if left out."
    )
    conda: Conda | None = Field(
        default=None, description="Miniconda under both images, in place of the official Python image."
    )
    hadoop: HadoopDistribution = section("The Hadoop client in both images.")
    spark: Version | None = Field(default=None, description="Spark's version in the client.")
    server: BuiltImage = section("The server's image.")
    client: BuiltImage = section("The client's image.")
