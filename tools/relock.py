"""Writes the locks of `compiler/mlkc/catalog/locks/` again: `python tools/relock.py [PYTHON …]`.

Needs `uv` in the Python that runs it (`pip install uv`) and a package index. To take newer packages, move
`as_of` of a row in `compiler/mlkc/catalog/lock_recipes.py` to a later day, run this, install the requirements
of both images once, and review the diff like any other change. The same rows give the same files as long as
nothing that they pin is withdrawn from the index.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "compiler"))

from mlkc.catalog import python  # noqa: E402  it runs from a checkout as it is
from mlkc.catalog.lock_recipes import RECIPES, ROOTS, Recipe  # noqa: E402

FOLDER = ROOT / "compiler" / "mlkc" / "catalog" / "locks"


def resolve(recipe: Recipe) -> str:
    """Asks uv for one set of versions that all images of this Python and MLflow can use.

    Returns:
        lines `NAME==VERSION`, each followed by the names of what asks for it, `# via A, B`.

    Raises:
        subprocess.CalledProcessError: when there is no solution or no index.
    """
    with tempfile.TemporaryDirectory() as folder:
        wanted, bounds = Path(folder, "requirements.in"), Path(folder, "constraints.txt")
        requirements = [f"mlflow=={recipe.mlflow}", *ROOTS, f"pyspark=={recipe.spark}"]
        wanted.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        bounds.write_text("\n".join(recipe.held) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", str(wanted), "--constraint", str(bounds)]
        # A bare series means its first patch release, which some packages no longer support.
        series = python.by_series(recipe.python)
        patch = series.latest if series else recipe.python
        command += ["--python-version", patch, "--python-platform", "linux"]
        command += [
            "--exclude-newer",
            f"{recipe.as_of}T00:00:00Z",
            "--strip-extras",
            "--no-config",
            "--quiet",
        ]
        command += [
            "--annotation-style",
            "line",
            "--no-header",
            "--no-emit-index-url",
            "--no-emit-find-links",
        ]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


def closure(root: str, needs: dict[str, set[str]]) -> set[str]:
    """Collects a package and all that it needs in turn."""
    reached: set[str] = set()
    todo = [root]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(needs.get(name, ()))
    return reached


def lock(recipe: Recipe) -> str:
    """Makes the text of one lock: everything in one resolution, then the share of each root in it."""
    pins: dict[str, str] = {}
    needs: dict[str, set[str]] = {}
    for line in resolve(recipe).splitlines():
        pin, _, reasons = line.partition("# via")
        name = pin.split("==")[0]
        pins[name] = pin.strip()
        for reason in reasons.split(","):
            needs.setdefault(reason.strip(), set()).add(name)
    lines = [
        f"# MLflow {recipe.mlflow} on Python {recipe.python}, Linux; packages of {recipe.as_of} or before."
    ]
    for root in ("mlflow", *(name.split("[")[0] for name in ROOTS)):
        lines += ["", f"[{root} {pins[root].split('==')[1]}]"]
        lines += [pins[name] for name in sorted(closure(root, needs))]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Rewrites the locks of the Pythons named on the command line, or all; returns the exit code."""
    parser = argparse.ArgumentParser(description="Resolve the locks of the catalogue again.")
    parser.add_argument("pythons", nargs="*", metavar="PYTHON", help="series, 3.11; all when none is given")
    wanted = parser.parse_args().pythons
    if unknown := set(wanted) - {recipe.python for recipe in RECIPES}:
        parser.error(f"no recipe for Python {', '.join(sorted(unknown))}")
    for recipe in RECIPES:
        if wanted and recipe.python not in wanted:
            continue
        path = FOLDER / recipe.file_name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = lock(recipe)
        path.write_text(after, encoding="utf-8", newline="\n")
        print(f"{recipe.file_name}: {'unchanged' if before == after else 'written'}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
