"""Plans of specs that a test writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from mlkc.diag.outcome import Outcome
from mlkc.plan.plan import Plan
from mlkc.plan.resolve import resolve
from mlkc.source.load import load
from mlkc.spec.validate import validate


def resolved(folder: Path, **settings: Any) -> Outcome[Plan]:
    """Resolves a small spec with some settings and one environment, `prod`."""
    data = {
        "apiVersion": "mlkc.dev/v1alpha1",
        "kind": "MLflowStack",
        "hdfs": {"nameNode": "hdfs://nn.example.com:8020"},
        "environments": {"prod": {}},
        **settings,
    }
    (folder / "spec.yaml").write_text(yaml.safe_dump(data))
    tree = load(folder / "spec.yaml", "spec.yaml").value
    assert tree
    parsed = validate(tree)
    assert parsed.value, parsed.diagnostics
    return resolve(parsed.value)
