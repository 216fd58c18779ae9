"""The hand-made images: every spec of specs/legacy is a golden case, and no linter has a word to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPECS = sorted((HERE.parent / "specs" / "legacy").glob("*.yaml"))
HADOLINT = Path(sys.executable).with_name("hadolint")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_every_legacy_spec_is_a_golden_case(spec: Path) -> None:
    assert (HERE / "golden" / f"legacy-{spec.stem}" / "spec.yaml").resolve() == spec.resolve()


def test_hadolint_has_nothing_to_say_about_any_legacy_image() -> None:
    files = sorted((HERE / "golden").glob("legacy-*/out/images/*/Dockerfile"))
    assert len(files) >= len(SPECS)
    assert not [file for file in files if "hadolint" in file.read_text()]
    command = [HADOLINT, "--no-color", "--config", "/dev/null", *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def requirements(case: str, image: str) -> list[str]:
    folder = HERE / "golden" / case / "out" / "images" / image
    return [
        line for line in (folder / "requirements.txt").read_text().splitlines() if not line.startswith("#")
    ]


def test_the_client_has_what_the_server_has_but_for_the_driver_and_with_jupyter_and_spark() -> None:
    server, client = (set(requirements("legacy-client", image)) for image in ("server", "client"))
    assert server - client == {"mysqlclient==2.1.1"}
    assert {package.split("==")[0] for package in client - server} == {"jupyterlab", "pyspark"}
