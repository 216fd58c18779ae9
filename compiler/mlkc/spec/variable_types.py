"""What `env` says to be refused or read another way; without pydantic, since it is called for each variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mlkc.spec.types import refuse

if TYPE_CHECKING:
    from mlkc.spec.variables import Variable


def variable_name(text: str) -> str:
    """A name that a shell can read too; Kubernetes takes more since 1.34."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,252}", text):
        return text
    refuse(
        "invalid-name",
        f"`{text}` is not the name of an environment variable",
        "use letters, digits and `_`, not a digit at the start",
    )


def plain_text(data: Any) -> Any:
    """Reads `NAME: text` as the value of the variable."""
    return data if isinstance(data, dict) else {"value": data}


def one_source(variable: Variable) -> Variable:
    """Refuses a variable with none or several of a text, a Secret and a ConfigMap, or without the key of one."""
    given = [one for one in (variable.value, variable.secret, variable.config_map) if one is not None]
    if len(given) != 1 or (variable.value is None) != (variable.key is not None):
        refuse(
            "invalid-pattern",
            "a variable is a text, or a key of one Secret or of one ConfigMap",
            "write `NAME: text`, `NAME: {secret: NAME, key: KEY}` or `NAME: {configMap: NAME, key: KEY}`",
        )
    return variable
