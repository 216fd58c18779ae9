"""The variables that a spec may not set are those that the stack sets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mlkc.plan.passes.variables import OWNED

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("section", ["server", "client"])
def test_every_variable_of_a_container_is_taken_or_written_in_the_spec(section: str) -> None:
    bases = sorted(GOLDEN.glob(f"*/out/base/{section}-deployment.yaml"))
    assert bases
    for base in bases:
        spec = yaml.load((base.parents[2] / "spec.yaml").read_text(), yaml.CSafeLoader)
        written = set(spec.get(section, {}).get("env", {}))
        (container,) = yaml.load(base.read_text(), yaml.CSafeLoader)["spec"]["template"]["spec"]["containers"]
        names = {variable["name"] for variable in container["env"]}
        assert names - written <= set(OWNED[section]), base
        assert names >= written, base
