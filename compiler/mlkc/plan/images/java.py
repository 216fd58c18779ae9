"""Java: by apt where the Debian has it, else copied from an image that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.catalog import debian, debian_packages, defaults, java
from mlkc.catalog import images as image_catalogue
from mlkc.catalog.debian import Debian
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.images.model import JavaRuntime
from mlkc.plan.images.releases import unknown

if TYPE_CHECKING:
    from mlkc.spec.images import Images


def resolve_java(
    images: Images, release: Debian, hadoop_version: str, found: list[Diagnostic]
) -> JavaRuntime | None:
    """Chooses Java's major and the way it gets into the image."""
    major = images.java if images.java is not None else _default(release, hadoop_version)
    name = debian.jdk_package(major) if images.jdk else debian.jre_package(major)
    package = debian_packages.pin(name, release.codename)
    if package is not None:
        return JavaRuntime(major, package, None, "", images.jdk)
    image = image_catalogue.temurin(major)
    if image is not None:
        return JavaRuntime(major, None, image.jdk_image if images.jdk else image.image, image.java_home, images.jdk)
    found.append(unknown(("images", "java"), "Java", str(major), [str(row.major) for row in java.MAJORS]))
    return None


def _default(release: Debian, hadoop_version: str) -> int:
    """The default where this Hadoop runs on it, else the newest that Debian has and Hadoop runs on."""
    preferred = int(defaults.JAVA.value)
    runs_on = java.supported(hadoop_version) or (preferred,)
    if preferred in runs_on:
        return preferred
    installable = [major for major in release.jdks if major in runs_on]
    return max(installable or runs_on)
