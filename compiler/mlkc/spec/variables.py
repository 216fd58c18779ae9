"""`env`: variables of a container beside those that the stack sets."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from mlkc.spec.model import SpecModel
from mlkc.spec.types import HostName, SecretKey, refuse


def _variable_name(text: str) -> str:
    """A name that a shell can read too; Kubernetes takes more since 1.34."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,252}", text):
        return text
    refuse(
        "invalid-name",
        f"`{text}` is not the name of an environment variable",
        "use letters, digits and `_`, not a digit at the start",
    )


class Variable(SpecModel):
    """A text, or a key of a Secret or ConfigMap that is in the namespace."""

    value: str | None = Field(default=None, description="The text.")
    secret: HostName | None = Field(default=None, description="The Secret.")
    config_map: HostName | None = Field(default=None, description="The ConfigMap.")
    key: SecretKey | None = Field(default=None, description="The key that is read.")

    @model_validator(mode="before")
    @classmethod
    def _text(cls, data: Any) -> Any:
        """Reads `NAME: text` as its value."""
        return data if isinstance(data, dict) else {"value": data}

    @model_validator(mode="after")
    def _one_source(self) -> Variable:
        given = [one for one in (self.value, self.secret, self.config_map) if one is not None]
        if len(given) != 1 or (self.value is None) != (self.key is not None):
            refuse(
                "invalid-pattern",
                "a variable is a text, or a key of one Secret or of one ConfigMap",
                "write `NAME: text`, `NAME: {secret: NAME, key: KEY}` or `NAME: {configMap: NAME, key: KEY}`",
            )
        return self


Variables = dict[Annotated[str, AfterValidator(_variable_name)], Variable]
