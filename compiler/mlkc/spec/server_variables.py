"""`database.config`: variables of the database server, which are data and nothing else in its file."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse

# They hold a password, and the spec is committed; a server takes a name with modifiers before it.
_SECRET = re.compile(
    r"(loose_|enable_|maximum_|skip_)*(wsrep_sst_auth|(report|master|source|replica)_password)"
)


def _variable(text: str) -> str:
    if _SECRET.fullmatch(text):
        refuse(
            "plain-text-secret",
            f"`{text}` would put a password into the spec, which is committed",
            "leave it out",
        )
    if re.fullmatch(r"[a-z][a-z0-9_]{0,99}(\.[a-z0-9_]{1,99})?", text):
        return text
    guess = text.strip().lstrip("-").lower().replace("-", "_")
    plain = re.fullmatch(r"[a-z][a-z0-9_]{0,99}", guess)
    refuse(
        "invalid-pattern",
        "this is not the name of a server variable",
        f"write `{guess}`" if plain else "write one such as `max_connections`: small letters, digits and `_`",
    )


def _value(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "ON" if value else "OFF"
    text = str(value)
    # A connection string, `host=x password=y` or a URL.
    if re.search(r"\bpassword\s*=|://[^/\s@]*:[^\s@]+@", text, re.IGNORECASE):
        refuse(
            "plain-text-secret", "this value has a password in it, and the spec is committed", "leave it out"
        )
    if not (text.isascii() and text.isprintable() and len(text) <= 1000):
        refuse(
            "invalid-pattern", "this value is not one line of plain text", "write printable ASCII characters"
        )
    # Kubernetes' unit and the plain byte are none of the server's: it would refuse to start.
    match = re.fullmatch(r"([0-9]+) ?([KMGT])(i|B|iB)", text, re.IGNORECASE)
    if match:
        right = f"{match[1]}{match[2].upper()}"
        refuse(
            "invalid-quantity", f"`{text}` is not an amount to a database server", f"write `{right}`", right
        )
    return text


ServerVariables = dict[
    Annotated[str, AfterValidator(_variable)], Annotated[bool | int | float | str, AfterValidator(_value)]
]
