"""Stands in for SQLAlchemy's errors."""

from __future__ import annotations


class DBAPIError(Exception):
    @property
    def orig(self) -> str:
        return str(self.args[0])
