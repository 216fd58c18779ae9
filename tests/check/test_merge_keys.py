"""A rendering with the reduced OpenAPI is what a user's kubectl renders from the files on the disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlkc.app.front import front
from mlkc.artifact.model import OutputTree
from mlkc.check.kustomize.rendering import PLACEHOLDER, start_rendering

KUBECTL = Path(sys.executable).parent / "kubectl"
ROOT = Path(__file__).parents[1] / "golden"
CASES = sorted(path.parent for path in ROOT.glob("*/spec.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reduced_openapi_renders_the_same(case: Path, tmp_path: Path) -> None:
    found = front(case / "spec.yaml", "spec.yaml")
    assert found.output is not None
    assert found.plan is not None
    names = [environment.name for environment in found.plan.environments]
    with start_rendering(found.output, names, str(KUBECTL)) as rendering:
        rendered = {result.environment: result.text for result in rendering.results()}
    assert rendered == {name: _as_a_user_would(case, found.output, name, tmp_path / name) for name in names}


def _as_a_user_would(case: Path, output: OutputTree, environment: str, folder: Path) -> str:
    shutil.copytree(case / "out", folder)
    for local in output.secrets:
        (folder / local.path).write_text("".join(f"{key}={PLACEHOLDER}\n" for key in local.secret.keys))
    command = [KUBECTL, "kustomize", folder / "overlays" / environment]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_patch_for_a_kind_without_merge_keys_gets_the_whole_openapi() -> None:
    content = (Path(__file__).parents[2] / "compiler/mlkc/check/kustomize/merge_keys.json").read_text()
    assert '"kind": "Deployment"' in content
    assert '"kind": "CustomResourceDefinition"' not in content


def test_the_file_is_what_the_definitions_say() -> None:
    tool = Path(__file__).parents[2] / "tools/generate_merge_keys.py"
    subprocess.run([sys.executable, tool, "--check"], check=True)
