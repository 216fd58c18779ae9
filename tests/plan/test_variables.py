"""The variables that a spec may not set are those that the stack sets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mlkc.plan.passes.variables import OWNED

GOLDEN = Path(__file__).parents[1] / "golden"
# Both ways of artifacts, a database with an authority, a server under a prefix with metrics.
CASES = ("full-stack", "overrides", "external-database", "serving")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("section", ["server", "client"])
def test_every_variable_of_a_container_is_taken_or_written_in_the_spec(case: str, section: str) -> None:
    base = GOLDEN / case / "out" / "base" / f"{section}-deployment.yaml"
    spec = yaml.safe_load((GOLDEN / case / "spec.yaml").read_text())
    written = set(spec.get(section, {}).get("env", {}))
    (container,) = yaml.safe_load(base.read_text())["spec"]["template"]["spec"]["containers"]
    names = {variable["name"] for variable in container["env"]}
    assert names - written <= set(OWNED[section])
    assert names >= written
