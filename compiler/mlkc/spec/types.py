"""The scalar types of the spec. They refuse what a cluster, a registry or HDFS would refuse.

Each raises `PydanticCustomError(name of a code, message, {"help": …})`; `mlkc.spec.errors` makes the
diagnostic. The Kubernetes schemas call all of these `string`, so nothing behind this room would notice.
Here are those of no subject of their own; names, addresses, images and sections have their `…_types` modules.
"""

import re
from collections.abc import Callable
from typing import Annotated, NoReturn

from mlkc.spec.annotate import AfterValidator, Within
from mlkc.text import quantity


def refuse(code: str, message: str, advice: str, instead: str | None = None) -> NoReturn:
    """Raises the error that becomes a diagnostic of the code named `code`.

    Args:
        code: name of the code.
        message: what is wrong.
        advice: what to do.
        instead: the value that is meant, where there is no doubt; `mlkc fix` writes it.
    """
    from pydantic_core import PydanticCustomError  # noqa: PLC0415  a spec without errors needs none

    raise PydanticCustomError(code, "{message}", {"message": message, "help": advice, "instead": instead})


def _quantity(allowed: str, example: str, what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        value = quantity.parse(text)
        if value is not None and value > 0 and re.search(allowed, text):
            return text
        guess = quantity.nearest(text)
        if value == 0:
            refuse("invalid-quantity", f"{what} `{text}` is zero", f"write an amount such as `{example}`")
        if guess and guess != text and re.search(allowed, guess):
            # In `2K` and `20gb` the case is in doubt: the help names a guess, and a person decides.
            sure = guess if re.sub(r"\s+|B$", "", text) == guess else None
            refuse("invalid-quantity", f"`{text}` is not a Kubernetes quantity", f"write `{guess}`", sure)
        refuse(
            "invalid-quantity",
            f"`{text}` is not {what} in Kubernetes",
            f"write an amount such as `{example}`",
        )

    return check


# Bytes: a milli-byte is legal to Kubernetes and always a mistake.
_bytes = _quantity(r"[0-9]([kMGTPE]i?|Ki)?$", "2Gi", "an amount of bytes")
Bytes = Annotated[str, AfterValidator(_bytes)]
# Cores: 0.5 or 500m; a binary suffix is a mistake.
_cores = _quantity(r"[0-9]m?$", "500m", "an amount of CPU")
Cores = Annotated[str, AfterValidator(_cores)]
Replicas = Annotated[int, Within(0, 100)]


def absolute_path(text: str) -> str:
    """Takes an absolute path of plain characters."""
    if re.fullmatch(r"(/[A-Za-z0-9._=@+-]+)+", text) and not re.search(r"/\.\.?(/|$)", text):
        return text
    refuse(
        "invalid-path",
        f"`{text}` is not an absolute path of plain characters",
        "write a path such as `/mlflow/mlruns`: letters, digits and `._=@+-`, no `..`, no slash at the end",
    )


def _posix_user(text: str) -> str:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}", text):
        return text
    refuse(
        "invalid-user", f"`{text}` is not a user name", "use letters, digits and `_.-`, at most 32 of them"
    )


def _database_name(text: str) -> str:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", text):
        return text
    refuse(
        "invalid-database-name",
        f"`{text}` is not a plain database name",
        "use letters, digits and `_`, such as `mlflowdb`",
    )


def _database_user(text: str) -> str:
    if ":" in text:
        refuse(
            "plain-text-secret",
            "a user's password does not stand in the spec, which is committed",
            "write the name alone; the password is in `overlays/<env>/secrets.env`, which is made for you",
        )
    if text.startswith("pg_"):
        refuse(
            "invalid-user",
            f"`{text}` is a name that PostgreSQL keeps for itself",
            "write one such as `mlflow`",
        )
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", text):
        return text
    refuse(
        "invalid-user",
        f"`{text}` is not a plain database user",
        "use letters, digits and `_`, such as `mlflow`",
    )


def plain_lines(text: str) -> str:
    """Takes lines of text without what YAML must not hold, Kustomize can't read, or no process can be given."""
    if not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", text):
        return text
    refuse(
        "invalid-pattern",
        "this text has a control character in it",
        "leave it out; a line end and a tab are fine",
    )


AbsolutePath = Annotated[str, AfterValidator(absolute_path)]
PlainLines = Annotated[str, AfterValidator(plain_lines)]
PosixUser = Annotated[str, AfterValidator(_posix_user)]
DatabaseName = Annotated[str, AfterValidator(_database_name)]
DatabaseUser = Annotated[str, AfterValidator(_database_user)]


def _version(text: str) -> str:
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}", text):
        return text
    refuse(
        "invalid-version",
        f"`{text}` is not a version number",
        "write numbers joined by dots, such as `3.17.2`",
    )


def _kubernetes_version(text: str) -> str:
    match = re.fullmatch(r"1\.([0-9]{1,2})", text)
    if match and 25 <= int(match[1]) <= 37:
        return text
    shorter = re.fullmatch(r"v?(1\.[0-9]{1,2})(?:\.[0-9]+)?(?:[-+].*)?", text)
    if shorter and shorter[1] != text:
        refuse(
            "invalid-kubernetes-version",
            f"`{text}` is not a Kubernetes minor version",
            f'write `"{shorter[1]}"`',
            shorter[1] if 25 <= int(shorter[1][2:]) <= 37 else None,
        )
    refuse(
        "invalid-kubernetes-version",
        f"mlkc has no schemas of Kubernetes `{text}`",
        'it has those of "1.25" to "1.37"',
    )


Version = Annotated[str, AfterValidator(_version)]
KubernetesVersion = Annotated[str, AfterValidator(_kubernetes_version)]
