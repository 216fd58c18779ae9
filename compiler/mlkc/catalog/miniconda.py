"""Miniconda: the installers with their checksums, and the images that were made of them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source

#: Where the installers are served.
BASE: Final = "https://repo.anaconda.com/miniconda"
#: Where conda is installed in the images.
HOME: Final = "/opt/conda"
#: The image whose tags the rows name. It ends with 26.7; its successor is anaconda/miniconda, on trixie.
IMAGE: Final = "continuumio/miniconda3"


class Installer(Struct, frozen=True):
    """One Miniconda installer.

    Attributes:
        name: the version in the file's name, `py39_4.12.0`.
        python: the Python series that it installs.
        x86_64, aarch64: sha256 of the installer; None where it is not known.
        image_tag: tag of the image that it is in; None where there is none or it is not known.
        image_debian: the Debian codename under that image.
    """

    name: str
    python: str
    x86_64: str | None
    aarch64: str | None
    image_tag: str | None
    image_debian: str | None
    source: Source
    doubts: tuple[str, ...] = ()

    def file_name(self, arch: str = "x86_64") -> str:
        """Names the installer of an architecture, `x86_64` or `aarch64`."""
        return f"Miniconda3-{self.name}-Linux-{arch}.sh"

    def checksum(self, arch: str = "x86_64") -> str | None:
        """Gives the installer's sha256; None where it is not known."""
        return {"x86_64": self.x86_64, "aarch64": self.aarch64}.get(arch)


_OWN: Final = Source(
    "read", "ContinuumIO/docker-images, miniconda3/debian/Dockerfile and its history", "2026-11"
)
_FILES: Final = Source(
    "read", "several public build scripts, equal; ContinuumIO/docker-images for the image", "2026-11"
)

INSTALLERS: Final = (
    Installer(
        "4.7.12.1",
        "3.7",
        "bfe34e1fa28d6d75a7ad05fd02fa5472275673d5f5621b77380898dee1be15d2",
        None,
        "4.7.12",
        "buster",
        _FILES,
    ),
    Installer(
        "py37_4.8.3",
        "3.7",
        "bb2e3cedd2e78a8bb6872ab3ab5b1266a90f8c7004a22d8dc2ea5effeb6a439a",
        None,
        None,
        None,
        _FILES,
    ),
    Installer(
        "py38_4.9.2",
        "3.8",
        "1314b90489f154602fd794accfc90446111514a5a72fe1f71ab83e07de9504a7",
        "b6fbba97d7cef35ebee8739536752cd8b8b414f88e237146b11ebf081c44618f",
        "4.9.2",
        "buster",
        _OWN,
    ),
    Installer(
        "py39_4.10.3",
        "3.9",
        "1ea2f885b4dbc3098662845560bc64271eb17085387a70c2ba3f29fff6f8d52f",
        "4879820a10718743f945d88ef142c3a4b30dfc8e448d1ca08e019586374b773f",
        "4.10.3",
        "buster",
        _OWN,
    ),
    Installer(
        "py39_4.12.0",
        "3.9",
        "78f39f9bae971ec1ae7969f0516017f2413f17796670f7040725dd83fcff5689",
        "5f4f865812101fdc747cea5b820806f678bb50fe0a61f19dc8aa369c52c4e513",
        "4.12.0",
        "bullseye",
        _OWN,
    ),
    Installer(
        "py310_23.3.1-0",
        "3.10",
        "aef279d6baea7f67940f16aad17ebe5f6aac97487c7c03466ff01f4819e5a651",
        "6950c7b1f4f65ce9b87ee1a2d684837771ae7b2e6044e0da9e915d1dee6c924c",
        "23.3.1-0",
        "bullseye",
        _OWN,
    ),
    Installer(
        "py311_24.1.2-0",
        "3.11",
        "3f2e5498e550a6437f15d9cc8020d52742d0ba70976ee8fce4f0daefa3992d2e",
        "1e046ef2d9d47289db2491f103c81b0b4baf943a9234ac59bd5bca076c881d98",
        "24.1.2-0",
        "bullseye",
        _OWN,
    ),
    Installer(
        "py312_24.5.0-0",
        "3.12",
        "4b3b3b1b99215e85fd73fb2c2d7ebf318ac942a457072de62d885056556eb83e",
        "70afe954cc8ee91f605f9aa48985bfe01ecfc10751339e8245eac7262b01298d",
        "24.5.0-0",
        "bookworm",
        _OWN,
    ),
)


def by_name(name: str) -> Installer | None:
    """Finds an installer by the version in its name, `py39_4.12.0`."""
    return next((row for row in INSTALLERS if row.name == name), None)


def newest_for(python: str) -> Installer | None:
    """Finds the newest installer of a Python series."""
    found = [row for row in INSTALLERS if row.python == python]
    return found[-1] if found else None


def by_image_tag(tag: str) -> Installer | None:
    """Finds what is inside `continuumio/miniconda3:TAG`."""
    return next((row for row in INSTALLERS if row.image_tag == tag), None)
