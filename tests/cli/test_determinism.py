"""The same spec gives the same bytes, whatever the machine around it is like."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from command import MLKC

SURROUNDINGS: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {
        "PYTHONHASHSEED": "2",
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        "HOME": "/nonexistent",
        "COLUMNS": "40",
    },
)


def test_surroundings_do_not_reach_an_output(repository: Path, tmp_path: Path) -> None:
    trees = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / str(number)
        folder.mkdir(mode=0o700 + number)
        # Another way to name the same file, too.
        spec = (
            os.path.relpath(repository / "specs/mlflow.yaml", folder)
            if number
            else repository / "specs/mlflow.yaml"
        )
        command = [MLKC, "compile", spec, "-o", "." if number else folder, "--quiet"]
        subprocess.run(command, check=True, cwd=folder, env={**os.environ, **surroundings})
        trees.append(
            {
                path.relative_to(folder): path.read_bytes()
                for path in sorted(folder.rglob("*"))
                if path.is_file() and not path.name.endswith("secrets.env")
            }
        )
    assert trees[0] == trees[1]
