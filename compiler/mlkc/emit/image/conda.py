"""Miniconda in a Dockerfile: the base that is built, and the environment that it fills."""

from __future__ import annotations

from mlkc.artifact.build import at
from mlkc.emit.image import apt
from mlkc.emit.image.syntax import Line, bind, comment, exec_form, image, run, word
from mlkc.plan.images.model import CondaPackages, ImageBuild, Installer
from mlkc.text.paths import PlanPath

_PATH: PlanPath = ("images", "conda")
_CLEAN = "/opt/conda/bin/conda clean --all --yes"


def base(build: ImageBuild, installer: Installer) -> list[Line]:
    """Debian with Miniconda, by a checksum, and tini."""
    first, *others = (
        f"curl -fsSL --retry 3 --output /tmp/miniconda.sh {word(url)}" for url in installer.urls
    )
    return [
        comment("Miniconda on Debian. It is an image of its own with `docker build --target base`."),
        at(_PATH, f"FROM {image(build.base)} AS base"),
        *apt.install(build, installer.packages, _PATH),
        *run(
            [
                "\n".join([first, *(f"|| {other}" for other in others)]),
            ],
            path=_PATH,
        ),
        *run(
            [
                "sha256sum --check /tmp/miniconda.sha256",
                "bash /tmp/miniconda.sh -b -p /opt/conda",
                "rm /tmp/miniconda.sh",
                _CLEAN,
            ],
            [bind("miniconda.sha256", "/tmp/miniconda.sha256")],  # noqa: S108  a path in the image
            _PATH,
        ),
        "ENV PATH=/opt/conda/bin:${PATH}",
        f"ENTRYPOINT {exec_form(['tini', '--'])}",
        f"CMD {exec_form(['/bin/bash'])}",
    ]


def environment(conda: CondaPackages) -> list[Line]:
    """The environment that pip installs into, at the place of a virtual environment."""
    create = (
        f"/opt/conda/bin/conda create --yes --quiet --override-channels --channel {word(conda.channel)}"
        " --prefix /opt/venv"
    )
    names = (word(entry.text) for entry in conda.packages)
    return run(["\n".join([create, *names]), _CLEAN], [bind(".condarc", "/root/.condarc")], _PATH)
