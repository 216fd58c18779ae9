"""`serviceAccount`: the account that the stack's pods run as."""

from typing import Any

from pydantic import ConfigDict, Field

from mlkc.spec.metadata_types import Annotations, Labels
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import AccountName


def _text_or_mapping(schema: dict[str, Any]) -> None:
    """The JSON Schema, for editors: the name alone, or the mapping."""
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, mapping]


class ServiceAccount(SpecModel):
    """The account's name, and what tells a cloud who its pods are."""

    model_config = ConfigDict(json_schema_extra=_text_or_mapping)

    name: AccountName = Field(description="Its name; `serviceAccount: NAME` is short for it.")
    annotations: Annotations = Field(
        default={}, description="Its annotations, by which a cloud gives its pods an identity."
    )
    labels: Labels = Field(default={}, description="More labels of it.")
