"""Whatever validates compiles to outputs that pass every check; whatever does not is refused with a diagnostic."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from mlkc.app.front import Front, front_of
from mlkc.diag.diagnostic import InSpec, Severity
from mlkc.source.load import decode
from random_specs import broken_specs, whole_specs

# Faults of the compiler's own making: of objects, of Kustomize files, of Dockerfiles.
OUTPUT_FAULTS = ("MK4", "MK5", "MK6")
TRY = settings(phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck))


def compiled(spec: dict[str, Any]) -> Front:
    return front_of(decode(json.dumps(spec).encode(), "random.yaml"))


@seed(20261124)
@settings(TRY, max_examples=15)
@given(whole_specs())
def test_what_validates_passes_every_check(spec: dict[str, Any]) -> None:
    found = compiled(spec)
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    assert [one for one in errors if one.code.startswith(OUTPUT_FAULTS) and one.code != "MK654"] == []
    assert bool(errors) != bool(found.contents)


@seed(20261125)
@settings(TRY, max_examples=60)
@given(broken_specs())
def test_what_does_not_validate_is_refused_in_the_users_file(spec: dict[str, Any]) -> None:
    found = compiled(spec)
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    assert errors or found.contents
    for one in errors:
        assert one.message
        assert "\n" not in one.message
        assert not isinstance(one.primary.place, InSpec), "a place in the file, not in the data"
        assert one.code == "MK654" or not one.code.startswith(OUTPUT_FAULTS), one
