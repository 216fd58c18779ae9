"""Measures whole processes against a floor in the same run, since a machine's speed drifts.

    python tools/benchmark.py [RUNS]

Prints the median wall time of each command and its ratio to the floor. The bounds: a cold compile of
specs/mlflow.yaml at most 4 times `import pydantic, ruamel.yaml`; `mlkc --help` at most 1.2 times `import click`; and of
`mlkc compile --watch`, from the save to the written tree and the shown diff, at most 2 times that first floor, which is
150 ms on a machine of 2 cores. A save there changes a setting of every environment.
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


def watched(mlkc: str, floor: list[str], runs: int, pause: float = 0.4) -> bool:
    """Saves a spec that is watched and runs the floor, in turn; returns whether the ratio is within the bound."""
    bound, end = 2, b"Ctrl-C ends\n"
    text = (ROOT / "specs/mlflow.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        spec, out = Path(folder, "spec.yaml"), Path(folder, "none")
        spec.write_text(text, encoding="utf-8")
        with subprocess.Popen(
            [mlkc, "compile", spec, "-o", Path(folder, "out"), "--watch"], stdout=subprocess.PIPE, bufsize=0
        ) as process:
            if process.stdout is None:
                raise AssertionError
            pairs: list[tuple[float, float]] = []
            start = time.perf_counter()
            for run in range(runs + 2):
                for line in process.stdout:
                    if line.endswith(end):
                        break
                taken = time.perf_counter() - start
                time.sleep(pause)  # a person reads; it gets ready for the next save
                pairs.append((taken, seconds(floor, out)))
                time.sleep(pause)
                other = spec.with_suffix(".new")
                other.write_text(text.replace("user: hdfs", f"user: user{run}"), encoding="utf-8")
                start = time.perf_counter()
                other.replace(spec)
            process.terminate()
    taken, least = (statistics.median(column) for column in zip(*pairs[2:], strict=True))
    ratio = taken / least
    print(  # noqa: T201
        f"compile --watch, from save to diff: {taken * 1000:.0f} ms, "
        f"floor {least * 1000:.0f} ms, ratio {ratio:.2f} (bound {bound})"
    )
    return ratio <= bound


def main() -> int:
    """Runs the comparisons; the exit code is 1 when a bound is broken."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    python, mlkc = str(BIN / "python"), str(BIN / "mlkc")
    floor = [python, "-c", "import pydantic, ruamel.yaml"]
    compiled = compare(
        "compile specs/mlflow.yaml", [mlkc, "compile", "specs/mlflow.yaml", "-o", "{out}"], floor, 4, runs
    )
    helped = compare("--help", [mlkc, "--help"], [python, "-c", "import click"], 1.2, runs)
    return 0 if all((compiled, helped, watched(mlkc, floor, runs))) else 1


if __name__ == "__main__":
    sys.exit(main())
