"""Measures whole processes against a floor in the same run, since a machine's speed drifts.

    python tools/benchmark.py [RUNS]

Prints the median wall time of each command and its ratio to the floor. The bounds: a cold compile of
specs/mlflow.yaml at most 4 times `import pydantic, ruamel.yaml`; `mlkc --help` at most 1.2 times `import click`.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def seconds(command: list[str], out: Path) -> float:
    """Runs a command once, with an output folder that does not exist, and returns its wall time in seconds."""
    shutil.rmtree(out, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - start


def compare(title: str, command: list[str], floor: list[str], bound: float, runs: int) -> bool:
    """Runs the two in turn and prints the medians; returns whether their ratio is within the bound."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [part.format(out=out) for part in command]
        pairs = [(seconds(command, out), seconds(floor, out)) for _ in range(runs + 1)][1:]
    taken, least = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = taken / least
    print(f"{title}: {taken * 1000:.0f} ms, floor {least * 1000:.0f} ms, ratio {ratio:.2f} (bound {bound})")  # noqa: T201
    return ratio <= bound


def main() -> int:
    """Runs both comparisons; the exit code is 1 when a bound is broken."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    python, mlkc = str(BIN / "python"), str(BIN / "mlkc")
    compiled = compare(
        "compile specs/mlflow.yaml",
        [mlkc, "compile", "specs/mlflow.yaml", "-o", "{out}"],
        [python, "-c", "import pydantic, ruamel.yaml"],
        4,
        runs,
    )
    helped = compare("--help", [mlkc, "--help"], [python, "-c", "import click"], 1.2, runs)
    return 0 if compiled and helped else 1


if __name__ == "__main__":
    sys.exit(main())
