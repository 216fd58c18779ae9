"""MLflow from its source tree: a stage for the UI, and one for the wheel."""

from __future__ import annotations

from mlkc.artifact.build import at
from mlkc.emit.image.syntax import Line, bind, comment, image, run, word
from mlkc.plan.images.model import ImageBuild
from mlkc.text.paths import PlanPath

_PATH: PlanPath = ("mlflow", "source")
_UI = "mlflow/server/js"


def source(build: ImageBuild) -> list[Line]:
    """Both stages; nothing where MLflow comes from the index."""
    tree = build.source
    if tree is None:
        return []
    # Older trees are locked by npm, newer ones by yarn.
    install = "if test -e yarn.lock; then yarn install; else npm ci; fi"
    index = [bind("pip.conf", "/etc/pip.conf")] if build.python.index else []
    return [
        comment("MLflow's UI."),
        at(_PATH, f"FROM {image(tree.node)} AS ui"),
        "WORKDIR /build",
        at(_PATH, f"COPY {word(f'{tree.folder}/{_UI}')} ./"),
        *run([install, "npm run build"], path=_PATH),
        "",
        comment("MLflow's wheel, with the UI in it."),
        "FROM base AS wheel",
        "WORKDIR /build",
        at(_PATH, f"COPY {word(tree.folder)} ./"),
        f"COPY --from=ui /build/build {_UI}/build",
        *run(["python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheel ."], index, _PATH),
    ]
