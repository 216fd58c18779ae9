"""Holds objects against the schemas of one Kubernetes version, each different object once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mlkc.artifact.model import Artifact
from mlkc.check import tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas import invalid_field, missing_field, unknown_field, unserved_api
from mlkc.check.schemas.failure import Failure
from mlkc.check.schemas.store import SchemaStore, schema_store

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
        self._good: set[tuple[str, str]] = set()

    def failures(self, artifacts: Iterable[Artifact], minor: str) -> Iterator[tuple[Rule[Failure], Finding]]:
        """Yields every fault of some objects with its rule.

        Raises:
            FileNotFoundError: there are no schemas of this minor.
        """
        if minor not in self._stores:
            self._stores[minor] = schema_store(minor)
        store, given = self._stores[minor], list(artifacts)
        store.prepare({_api(artifact) for artifact in given})
        for artifact in given:
            key = minor, json.dumps(artifact.body)
            if key in self._good:
                continue
            failures = _failures(artifact, store)
            if not failures:
                self._good.add(key)
            for failure in failures:
                rule = _BY_KEYWORD.get(failure.keyword, invalid_field.RULE)
                for finding in rule.find(failure):
                    yield rule, finding


def _api(artifact: Artifact) -> tuple[str, str]:
    return tree.text(artifact.body, "apiVersion"), tree.text(artifact.body, "kind")


def _failures(artifact: Artifact, store: SchemaStore) -> list[Failure]:
    validator = store.validator(*_api(artifact))
    if validator is None:
        return [Failure(artifact, store)]
    return [Failure(artifact, store, error) for error in validator.iter_errors(artifact.body)]
