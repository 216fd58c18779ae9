"""apt inside a Dockerfile."""

from __future__ import annotations

from collections.abc import Sequence

from mlkc.emit.image.syntax import Line, bind, run, word
from mlkc.plan.images.model import ImageBuild
from mlkc.text.paths import PlanPath


def install(
    build: ImageBuild,
    packages: Sequence[str],
    path: PlanPath,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> list[Line]:
    """Installs packages from the build's sources in one layer, which keeps neither lists nor mirrors.

    Args:
        build: the image.
        packages: pinned names.
        path: the setting that asks for them.
        before: commands to run first, in the same layer.
        after: commands to run last, in the same layer.
    """
    mounts = [bind(build.sources.file, build.sources.target)] if build.sources else []
    names = " ".join(word(package) for package in packages)
    commands = [
        *before,
        "apt-get update",
        f"apt-get install --yes --no-install-recommends {names}",
        "rm -rf /var/lib/apt/lists/*",
        *after,
    ]
    return run(commands, mounts, path)
