"""Stands in for SQLAlchemy's URL."""

from __future__ import annotations

import json
from typing import Any


class URL:
    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts

    @classmethod
    def create(cls, *parts: Any) -> URL:
        return cls(parts)

    def render_as_string(self, *, hide_password: bool) -> str:
        assert not hide_password
        return json.dumps(self.parts)
