"""Stands in for SQLAlchemy and a database, whose state the variables STUB_* describe."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

from sqlalchemy.exc import DBAPIError


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def text(sql: str) -> str:
    return sql


def inspect(_: Any) -> Any:
    return SimpleNamespace(get_table_names=os.environ["STUB_TABLES"].split)


class Engine:
    def __init__(self, uri: str) -> None:
        say(f"uri {uri}")

    def connect(self) -> Connection:
        if os.environ.get("STUB_DOWN"):
            say("refused")
            raise DBAPIError("no such host")
        return Connection()


class Connection:
    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        say("closed")

    def execution_options(self, isolation_level: str) -> Connection:
        say(isolation_level)
        return self

    def execute(self, sql: str, values: dict[str, str] | None = None) -> Any:
        say(sql.replace(":name", (values or {}).get("name", "")))
        taken = ("GET_LOCK" in sql or "try_advisory" in sql) and bool(os.environ.get("STUB_LOCKED"))
        return SimpleNamespace(scalar=lambda: 0 if taken else 1)
