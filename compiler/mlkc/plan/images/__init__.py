"""The images to build: their plan, and the pass that resolves it from the spec and the catalogue."""

from __future__ import annotations

from mlkc.plan.images.model import UID, ImageBuild
from mlkc.plan.images.resolve import resolve_images

__all__ = ["UID", "ImageBuild", "resolve_images"]
