"""Holds objects against the schemas of one Kubernetes version, each different object once."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas import invalid_field, missing_field, unknown_field, unserved_api
from mlkc.check.schemas.failure import Failure
from mlkc.check.schemas.store import SchemaStore

RULES: tuple[Rule[Failure], ...] = (
    unserved_api.RULE,
    unknown_field.RULE,
    missing_field.RULE,
    invalid_field.RULE,
)
_BY_KEYWORD = {
    "": unserved_api.RULE,
    "additionalProperties": unknown_field.RULE,
    "unevaluatedProperties": unknown_field.RULE,
    "required": missing_field.RULE,
}


class SchemaCheck:
    """Validates objects; it remembers what it has seen, since overlays mostly repeat each other's objects."""

    def __init__(self) -> None:
        self._stores: dict[str, SchemaStore] = {}
        self._seen: set[tuple[str, str]] = set()

    def store(self, minor: str) -> SchemaStore:
        """Returns the schemas of a Kubernetes minor, read once."""
        if minor not in self._stores:
            self._stores[minor] = SchemaStore(minor)
        return self._stores[minor]

    def failures(self, artifact: Artifact, minor: str) -> Iterator[tuple[Rule[Failure], Finding]]:
        """Yields every fault of an object with its rule."""
        store = self.store(minor)
        validator = store.validator(tree.text(artifact.body, "apiVersion"), tree.text(artifact.body, "kind"))
        if validator is None:
            failures = [Failure(artifact, store)]
        else:
            failures = [Failure(artifact, store, error) for error in validator.iter_errors(artifact.body)]
        for failure in failures:
            rule = _BY_KEYWORD.get(failure.keyword, invalid_field.RULE)
            for finding in rule.find(failure):
                yield rule, finding
