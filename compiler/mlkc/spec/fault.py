"""One of pydantic's errors and its place in the spec.

The one place that knows pydantic's `loc`: it carries class names of unions and a `[key]` mark beside the path, and
for a missing key it names a place that is not there.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from mlkc.diag.diagnostic import InSpec
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath, dotted


class Fault:
    """An error and where it is.

    Attributes:
        details: what pydantic says.
        model: the model that was validated.
        tree: the file, for what it says word by word.
        path: the place in the spec.
        local: the same place below the validated value.
        is_key: the fault is the key there, not its value.
    """

    def __init__(
        self, details: ErrorDetails, model: type[BaseModel], tree: SourceTree, prefix: SpecPath, data: Any
    ) -> None:
        """Finds the place.

        Args:
            details: what pydantic says.
            model: what `data` was validated as.
            tree: the file.
            prefix: where `data` stands in the spec.
            data: the validated value.
        """
        self.details = details
        self.model = model
        self.tree = tree
        self.local, self.is_key = _normalise(details["loc"], data)
        self.path = (*prefix, *self.local)

    @property
    def place(self) -> InSpec:
        """Where a diagnostic points."""
        return InSpec(self.path, key=self.is_key)

    @property
    def name(self) -> str:
        """The setting, as in `database.storage.size`."""
        return dotted(self.path)

    @property
    def context(self) -> dict[str, Any]:
        """What pydantic says beside: a bound, a pattern."""
        return self.details.get("ctx", {})

    @property
    def number(self) -> str:
        """The offending number as it is written: `3.10` is 3.1 to YAML."""
        written = self.tree.written(self.path) or ""
        return written if re.fullmatch(r"[-+.0-9a-zA-Z]+", written) else str(self.details["input"])

    @property
    def shown(self) -> str:
        """The offending value as the user wrote it, or what kind of thing it is."""
        value = self.details["input"]
        if isinstance(value, dict):
            return "a mapping"
        if isinstance(value, list):
            return "a list" if value else "an empty list"
        if isinstance(value, bool):
            return f"`{str(value).lower()}`"
        return f"`{value}`"


def _normalise(loc: tuple[int | str, ...], data: Any) -> tuple[SpecPath, bool]:
    """Keeps the parts of `loc` that are keys or indexes of `data`, and the last one of all."""
    path: list[int | str] = []
    current = data
    is_key = False
    for position, part in enumerate(loc):
        if part == "[key]":
            is_key = True
        elif isinstance(current, dict) and (part in current or position == len(loc) - 1):
            path.append(part)
            current = current.get(part)
        elif isinstance(current, list) and isinstance(part, int):
            path.append(part)
            current = current[part] if part < len(current) else None
    return tuple(path), is_key
