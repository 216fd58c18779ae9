"""Whatever validates compiles to outputs that pass every check; whatever does not is refused with a diagnostic.

A spec validates when neither its text, nor resolving it, nor the rules over the plan refuse it: all of them point into
the user's file. `MLKC_SPECS=2000` sets the number of specs that are tried.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from mlkc.app.front import Front, front_of
from mlkc.check.facts.facts import ALL as RULES
from mlkc.diag import codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity
from mlkc.source.load import decode
from mlkc.spec.stack import Settings
from mlkc.text.paths import SpecPath, dotted
from mlkc.text.span import Span
from random_specs import broken_specs, patched_specs, settings_of, whole_specs, written

OF_THE_PLAN = {rule.code.code for rule in RULES}
# What all objects ask for is known once they are there; the fault is said at the bound in the user's file.
SUMS = {output_codes.SMALL_QUOTA.code, output_codes.OUT_OF_BOUNDS.code}
SPECS = int(os.environ.get("MLKC_SPECS", "0"))
TRY = settings(phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck))


def compiled(spec: dict[str, Any]) -> Front:
    return front_of(decode(json.dumps(spec).encode(), "random.yaml"))


def errors(found: Front) -> list[Diagnostic]:
    return [one for one in found.diagnostics if one.severity is Severity.ERROR and one.code not in SUMS]


@seed(20261126)
@settings(TRY, max_examples=SPECS or 100)
@given(whole_specs())
def test_what_validates_passes_every_check_but_kustomizes(spec: dict[str, Any]) -> None:
    """Kustomize takes nine tenths of the time, so what it says is asked of fewer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLKC_KUBECTL", "/nowhere")
        found = errors(compiled(spec))
    assert [one.code for one in found] == [codes.MISSING_KUBECTL.code], found


@seed(20261124)
@settings(TRY, max_examples=SPECS or 20)
@given(whole_specs())
def test_what_validates_passes_every_check(spec: dict[str, Any]) -> None:
    found = compiled(spec)
    assert errors(found) == []
    assert found.contents


def test_every_setting_passes_every_check_but_kustomizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLKC_KUBECTL", "/nowhere")
    every = [path for path in settings_of(Settings) if path[0] != "patches"]
    # Some are refused but beside others: those are looked for among larger specs.
    lost = [dotted(path) for path in every if not _holds(path, 1) and not _holds(path, 40)]
    assert lost == []


def _holds(setting: SpecPath, most: int) -> bool:
    """Tries specs that have a setting, the smallest one first; tells whether one of them kept it."""
    reached: set[SpecPath] = set()

    @seed(20261126)
    @settings(TRY, max_examples=most)
    @given(whole_specs(setting))
    def holds(spec: dict[str, Any]) -> None:
        if setting not in reached:
            reached.update(written(spec))
            found = errors(compiled(spec))
            assert [one.code for one in found] == [codes.MISSING_KUBECTL.code], found

    holds()
    return setting in reached


@seed(20261127)
@settings(TRY, max_examples=SPECS or 12)
@given(patched_specs())
def test_only_the_patches_are_to_blame_for_what_is_wrong_with_them(spec: dict[str, Any]) -> None:
    patches = json.dumps(spec).rindex('"patches"')
    for one in errors(compiled(spec)):
        assert isinstance(one.primary.place, Span)
        assert one.primary.place.start.column > patches, one


@seed(20261125)
@settings(TRY, max_examples=SPECS or 60)
@given(broken_specs())
def test_what_does_not_validate_is_refused_in_the_users_file(spec: dict[str, Any]) -> None:
    found = compiled(spec)
    assert errors(found) or found.contents
    for one in errors(found):
        assert one.message
        assert "\n" not in one.message
        assert not isinstance(one.primary.place, InSpec), "a place in the file, not in the data"
        # Once there are outputs, only the rules over the plan may still refuse.
        assert found.output is None or one.code in OF_THE_PLAN, one
