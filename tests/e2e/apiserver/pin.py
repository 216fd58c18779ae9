"""Pin a Kubernetes release for the tests on a real API server: `python tests/e2e/apiserver/pin.py 1.37.2`.

Writes `kubernetes-MINOR.mod` and `.sum`. Upstream's go.mod requires its staging modules at v0.0.0 and replaces them
by folders that no module archive has, so each needs a `replace` by the published module of the same release.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
_STAGING: Final = re.compile(r"^\s+(k8s\.io/\S+) v0\.0\.0$", re.MULTILINE)
_GO: Final = re.compile(r"^go (\S+)$", re.MULTILINE)


def pin(version: str) -> Path:
    """Write the module files of a release.

    Args:
        version: As in `1.37.2`.

    Returns:
        The `.mod` file.
    """
    major, minor, patch = version.split(".")
    answer = subprocess.check_output(
        ["go", "mod", "download", "-json", f"k8s.io/kubernetes@v{version}"], cwd=HERE, text=True
    )
    upstream = Path(json.loads(answer)["GoMod"]).read_text(encoding="utf-8")
    go = _GO.search(upstream)
    if go is None:
        raise ValueError(f"the go.mod of {version} names no Go version")
    lines = [
        "module mlkc/e2e/apiserver",
        f"go {go[1]}",
        f"require k8s.io/kubernetes v{version}",
        *(f"replace {module} => {module} v0.{minor}.{patch}" for module in _STAGING.findall(upstream)),
    ]
    module_file = HERE / f"kubernetes-{major}.{minor}.mod"
    module_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(["go", "mod", "tidy", f"-modfile={module_file.name}"], cwd=HERE, check=True)
    return module_file


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        sys.stdout.write(f"{pin(wanted)}\n")
