"""The table of removed APIs against the schemas of each Kubernetes version."""

from __future__ import annotations

from pathlib import Path

import kubernetes_validate  # type: ignore[import-untyped]
import pytest

from mlkc.catalog import kubernetes

SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
MINORS = [row.minor for row in kubernetes.MINORS if (SCHEMAS / f"v{row.minor}.0-local").is_dir()]


def served(api_version: str, kind: str, minor: str) -> bool:
    group, _, version = api_version.rpartition("/")
    name = "-".join(filter(None, [kind.lower(), group.split(".")[0], version]))
    return (SCHEMAS / f"v{minor}.0-local" / f"{name}.json").is_file()


def test_there_are_schemas_from_the_oldest_to_the_newest_minor() -> None:
    assert MINORS[0] == "1.25"
    assert MINORS[-1] == kubernetes.MINORS[-1].minor


@pytest.mark.parametrize("row", kubernetes.REMOVALS, ids=lambda row: f"{row.api_version} {row.kinds[0]}")
def test_what_is_gone_has_no_schema_and_its_replacement_has_one(row: kubernetes.Removal) -> None:
    for minor in MINORS:
        for kind in row.kinds:
            if kubernetes.gone(row.api_version, kind, minor):
                assert not served(row.api_version, kind, minor)
                assert row.replacement is None or served(row.replacement, kind, minor)


def test_what_is_not_gone_yet_is_found_later() -> None:
    assert served("autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.25")
    assert kubernetes.gone("autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.25") is None
    assert kubernetes.gone("autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26") is not None
    assert kubernetes.gone("apps/v1", "Deployment", "1.37") is None
