"""Stacks to resolve, and what they become."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.images.model import ImageBuild

SMALLEST = {
    "apiVersion": "mlkc.dev/v1alpha1",
    "kind": "MLflowStack",
    "hdfs": {"nameNode": "hdfs://nn.example.com:8020"},
    "environments": {"prod": {}},
}


@dataclass(frozen=True)
class Built:
    """The image folders of one stack."""

    builds: tuple[ImageBuild, ...]
    faults: tuple[Diagnostic, ...]
    files: dict[str, str]

    def stage(self, image: str, name: str) -> str:
        """A stage of a Dockerfile; the last one has the name `last`."""
        stages = self.files[f"images/{image}/Dockerfile"].split("\nFROM ")[1:]
        if name == "last":
            return stages[-1]
        return next(stage for stage in stages if stage.splitlines()[0].endswith(f" AS {name}"))

    def codes(self) -> list[tuple[str, str]]:
        return [(fault.code, ".".join(map(str, fault.primary.place.path))) for fault in self.faults]  # type: ignore[union-attr]


Build = Callable[..., Built]
