"""Taints that pods tolerate: what no API server takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.life import Pods
    from mlkc.spec.stack import Settings
    from mlkc.text.paths import SpecPath


def check_taints(environment: str, settings: Settings, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a value of a taint without its key."""
    for section, pods in _sections(settings):
        for index, one in enumerate(pods.tolerations):
            if one.key is None and one.value is not None:
                setting: SpecPath = (*section, "pods", "tolerations", index, "value")
                yield codes.IDLE_SETTING.at(
                    InSpec(written(tree, environment, *setting), key=True),
                    "a taint is tolerated by its value, and its key is not named",
                    help="write its `key`, or delete `value` to tolerate every taint",
                )


def _sections(settings: Settings) -> Iterator[tuple[SpecPath, Pods]]:
    yield ("database",), settings.database.pods
    yield ("server",), settings.server.pods
    yield ("client",), settings.client.pods
    if settings.client.spark is not None:
        yield ("client", "spark"), settings.client.spark.pods
