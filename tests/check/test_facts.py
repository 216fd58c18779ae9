"""The rules over the plan: what their texts call bad fires and what they call good does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from fragments import HEADINGS, sections

from mlkc.check.facts import facts
from mlkc.check.facts.model import Fact
from mlkc.diag import codes, fact_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity
from mlkc.plan.plan import Plan
from mlkc.plan.resolve import resolve
from mlkc.source.load import load
from mlkc.spec.overlay import lay_over
from mlkc.spec.validate import validate

BY_NAME = {rule.code.name: rule for rule in facts.ALL}
# These follow from the example of another rule: an old Python is what some of them are about, and conda others.
FOLLOW = {fact_codes.ENDED_PYTHON.code, fact_codes.UNLOCKED_PACKAGES.code, fact_codes.UNLOCKED_CONDA.code}


def plan_of(data: dict[str, Any], folder: Path) -> Plan:
    """Resolves a spec."""
    (folder / "spec.yaml").write_text(yaml.safe_dump(data))
    tree = load(folder / "spec.yaml", "spec.yaml").value
    assert tree
    parsed = validate(tree)
    assert parsed.value, parsed.diagnostics
    resolved = resolve(parsed.value)
    assert resolved.value, resolved.diagnostics
    return resolved.value


def found(rule: Fact, section: str, repository: Path, folder: Path) -> list[Diagnostic]:
    minimal = yaml.safe_load((repository / "specs/minimal.yaml").read_text())
    match = re.search(r"```yaml\n(.*?)```", sections(rule.doc or "")[section], re.DOTALL)
    assert match
    return list(rule.find(plan_of(lay_over(minimal, yaml.safe_load(match[1])), folder)))


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_has_the_four_headings(name: str) -> None:
    assert list(sections(BY_NAME[name].doc or "")) == list(HEADINGS)


@pytest.mark.parametrize("name", BY_NAME)
def test_bad_fires_once_with_a_place_and_a_way_out(name: str, repository: Path, tmp_path: Path) -> None:
    rule = BY_NAME[name]
    (fault,) = found(rule, "Bad", repository, tmp_path)
    assert (fault.code, fault.severity) == (rule.code.code, rule.code.severity)
    assert isinstance(fault.primary.place, InSpec)
    assert fault.primary.place.path
    assert fault.help


@pytest.mark.parametrize("name", BY_NAME)
def test_good_breaks_no_rule_at_all(name: str, repository: Path, tmp_path: Path) -> None:
    assert found(BY_NAME[name], "Good", repository, tmp_path) == []
    minimal = yaml.safe_load((repository / "specs/minimal.yaml").read_text())
    good = re.search(r"```yaml\n(.*?)```", sections(BY_NAME[name].doc or "")["Good"], re.DOTALL)
    assert good
    said = facts.facts(plan_of(lay_over(minimal, yaml.safe_load(good[1])), tmp_path))
    assert {fault.code for fault in said} <= FOLLOW


@pytest.mark.parametrize("name", ["minimal.yaml", "mlflow.yaml"])
def test_our_own_specs_break_none(name: str, repository: Path, tmp_path: Path) -> None:
    data = yaml.safe_load((repository / "specs" / name).read_text())
    assert list(facts.facts(plan_of(data, tmp_path))) == []


def test_every_rule_has_a_code_of_its_own_and_only_warns_of_what_is_believed() -> None:
    found_codes = [rule.code for rule in facts.ALL]
    assert len(set(found_codes)) == len(found_codes)
    assert set(found_codes) < set(codes.ALL)
    errors = [code for code in found_codes if code.severity is Severity.ERROR]
    sure = {fact_codes.MLFLOW_PYTHON, fact_codes.DUPLICATE_ADDRESS, fact_codes.CLASHING_HOST}
    assert {code.code for code in errors if code not in sure} <= {
        *(f"MK3{number}" for number in range(60, 80)),
        "MK392",
    }, (
        "an error needs a source: pip refuses, by the package's own metadata; of what we emit ourselves we are sure"
    )


def test_an_override_is_reported_at_the_environment(tmp_path: Path, repository: Path) -> None:
    minimal = yaml.safe_load((repository / "specs/minimal.yaml").read_text())
    spec = lay_over(minimal, {"environments": {"prod": {"kubernetes": {"version": "1.30"}}, "dev": {}}})
    (fault,) = facts.facts(plan_of(spec, tmp_path))
    assert fault.primary.place == InSpec(("environments", "prod", "kubernetes", "version"))


def test_the_way_out_names_what_is_right(tmp_path: Path, repository: Path) -> None:
    by_address = BY_NAME["name-node-by-address"]
    (fault,) = found(by_address, "Bad", repository, tmp_path)
    assert fault.help == "write its name: `hdfs://nn.example.com:8020`"
    (fault,) = found(BY_NAME["floating-database"], "Bad", repository, tmp_path)
    assert fault.help == "write one release, such as `8.4.11`"
