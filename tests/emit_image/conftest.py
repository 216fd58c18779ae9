"""Stacks to resolve, and what they become."""

from __future__ import annotations

from typing import Any

import pytest
from image_folders import SMALLEST, Build, Built

from mlkc.artifact.render import render
from mlkc.emit.image import emit_images
from mlkc.plan.images.resolve import resolve_images
from mlkc.spec.stack import Stack


@pytest.fixture
def build() -> Build:
    def make(**settings: Any) -> Built:
        builds, faults = resolve_images(Stack.model_validate({**SMALLEST, **settings}))
        files = {artifact.path: render(artifact).decode() for artifact in emit_images(builds)}
        return Built(builds, faults, files)

    return make
