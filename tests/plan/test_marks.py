"""Labels and annotations: what an environment says of them is merged, and their size is bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from specs import resolved

from mlkc.plan.pods import Marks

ROLE = {"eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/a"}


@pytest.mark.parametrize(
    ("shared", "own", "name"),
    [
        ("mlflow", {"annotations": ROLE}, "mlflow"),
        ({"name": "mlflow", "annotations": ROLE}, "other", "other"),
        ({"name": "mlflow"}, {"annotations": ROLE}, "mlflow"),
    ],
)
def test_an_account_by_its_name_alone_merges_like_one_spelled_out(
    shared: Any, own: Any, name: str, tmp_path: Path
) -> None:
    plan = resolved(tmp_path, serviceAccount=shared, environments={"prod": {"serviceAccount": own}}).value
    assert plan
    stack = plan.environments[0].stack
    assert stack.service_account == name
    assert stack.account_marks == Marks((), tuple(ROLE.items()))


def test_as_many_bytes_as_kubernetes_takes(tmp_path: Path) -> None:
    def says(size: int) -> Any:
        return resolved(tmp_path, server={"service": {"annotations": {"a": "b" * (size - 1)}}})

    assert says(256 * 1024).value
    with pytest.raises(AssertionError, match="262145 bytes"):
        says(256 * 1024 + 1)
