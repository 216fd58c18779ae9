"""Every rule documents itself, and what its text calls bad fires and what it calls good does not."""

from __future__ import annotations

import pytest
from fragments import HEADINGS, an_object_set, an_output, documents, objects, sections

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check import rules
from mlkc.check.kustomize import failure, translation, warning
from mlkc.check.kustomize.failure import Outcome
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.layout import folders
from mlkc.check.kustomize.rendering import start_rendering
from mlkc.check.kustomize.translation import Comparison
from mlkc.check.model import Rule
from mlkc.check.schemas.schemas import SchemaCheck
from mlkc.check.secrets import taint
from mlkc.diag import codes

BY_NAME = {rule.code.name: rule for rule in rules.ALL}


def fires(rule: Rule, section: str) -> bool:
    """Tells whether a rule finds something in a fragment."""
    if rule in rules.SCHEMA_RULES:
        found = SchemaCheck().failures(objects(section), "1.36")
        return rule.code in {fired.code for fired, _ in found}
    if rule in rules.OBJECT_RULES:
        return any(rule.find(an_object_set(section)))
    if rule in rules.FILE_RULES or rule is taint.RULE:
        return any(rule.find(an_output(section)))
    if rule is translation.RULE:
        return any(rule.find(comparison(section)))
    assert rule in {failure.RULE, warning.RULE}
    return any(rule_on_rendering(rule, section))


def comparison(section: str) -> Comparison:
    by_note = {note: Artifact(path, ArtifactKind.OBJECT, body) for path, note, body in documents(section)}
    return Comparison("overlays/prod", (by_note["rendered"],), (by_note["intended"],), (), frozenset())


def rule_on_rendering(rule: Rule, section: str) -> list[object]:
    output, kubectl = an_output(section), find_kubectl()
    assert kubectl
    known = folders(output)
    with start_rendering(output, ["prod"], kubectl) as rendering:
        (rendered,) = rendering.results()
        return list(rule.find(Outcome(rendered, rendering, known["overlays/prod"], known)))


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_has_the_four_headings(name: str) -> None:
    assert list(sections(BY_NAME[name].doc or "")) == list(HEADINGS)


@pytest.mark.parametrize("name", BY_NAME)
def test_bad_fires_and_good_does_not(name: str) -> None:
    rule = BY_NAME[name]
    text = sections(rule.doc or "")
    assert fires(rule, text["Bad"])
    assert not fires(rule, text["Good"])


@pytest.mark.parametrize("name", [rule.code.name for rule in rules.OBJECT_RULES])
def test_good_objects_break_no_rule_at_all(name: str) -> None:
    section = sections(BY_NAME[name].doc or "")["Good"]
    assert [
        finding.message for rule in rules.OBJECT_RULES for finding in rule.find(an_object_set(section))
    ] == []
    assert not list(SchemaCheck().failures(objects(section), "1.36"))


def test_every_rule_has_a_code_of_its_own_in_the_table() -> None:
    found = [rule.code for rule in rules.ALL]
    assert len(set(found)) == len(found)
    assert set(found) <= set(codes.ALL)
