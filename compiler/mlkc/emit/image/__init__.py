"""The image build folders: a Dockerfile and every file that it needs."""

from __future__ import annotations

from mlkc.emit.image.address import content_tag
from mlkc.emit.image.emit import emit_images

__all__ = ["content_tag", "emit_images"]
