"""The use case behind `mlkc explain`: a code, or a setting of the spec, in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlkc.catalog import defaults
from mlkc.diag import codes
from mlkc.diag.code import Code
from mlkc.diag.suggest import closest

if TYPE_CHECKING:
    from mlkc.spec.reference import SettingDoc

# What is chosen when the setting is left out, where that is a choice of the catalogue's.
_CHOSEN = {
    "database.version": f"{defaults.MYSQL.value} for mysql, {defaults.MARIADB.value} for mariadb, "
    f"{defaults.POSTGRESQL.value} for postgresql",
    "database.driver": "pymysql for mysql and mariadb, psycopg for postgresql",
    "kubernetes.version": defaults.KUBERNETES.value,
    "mlflow.version": defaults.MLFLOW.value,
    "images.debian": defaults.DEBIAN.value,
    "images.python": defaults.PYTHON.value,
    "images.java": defaults.JAVA.value,
    "images.hadoop.version": defaults.HADOOP.value,
    "images.spark": defaults.SPARK.value,
}
_HEADING = re.compile(r"^(What|Why|Bad|Good): ?", re.MULTILINE)


def listing() -> str:
    """Lists every code with its name and title."""
    return "".join(f"{code.code}  {code.severity!s:7}  {code.name}: {code.title}\n" for code in codes.ALL)


def explain(topic: str) -> str | None:
    """Explains a code by its number or name, or a setting by its path; None for what is neither."""
    code = find_code(topic)
    if code is not None:
        return f"{code.severity} {code.code} ({code.name}): {code.title}\n\n{code_text(code)}"
    return _setting(topic) or _secret(topic)


def settings() -> tuple[SettingDoc, ...]:
    """Lists every setting; where the catalogue chooses, its choice is the default."""
    from mlkc.spec import reference  # noqa: PLC0415  the models are not needed for a code

    return tuple(replace(one, default=_CHOSEN.get(one.path, one.default)) for one in reference.settings())


def nearest(topic: str) -> str | None:
    """Names what was likely meant."""
    names = [name for code in codes.ALL for name in (code.code, code.name)]
    return closest(topic, [*names, *(one.path for one in settings())])


def find_code(topic: str) -> Code | None:
    """Finds a code by its number, in any case, or its name."""
    return next((code for code in codes.ALL if topic.upper() == code.code or topic == code.name), None)


def code_text(code: Code) -> str:
    """Returns What, Why, Bad and Good: a rule's docstring, or the table's text."""
    from mlkc.check.facts import facts  # noqa: PLC0415  a setting needs no rules
    from mlkc.check.rules import ALL  # noqa: PLC0415
    from mlkc.diag.texts import texts  # noqa: PLC0415

    docs = {rule.code: rule.doc for rule in ALL} | {rule.code: rule.doc for rule in facts.ALL}
    if code in docs:
        return (docs[code] or "").strip() + "\n"
    text = texts()[code.code]
    examples = "\n\n".join(
        f"{title}:\n```text\n{body}\n```" for title, body in (("Bad", text.bad), ("Good", text.good))
    )
    return f"What: {code.title}.\n\nWhy: {text.why}\n\n{examples}\n"


def as_markdown(text: str) -> str:
    """Makes the headings of a code's text bold."""
    return _HEADING.sub(lambda match: f"**{match[1]}:** ", text).replace(":** \n", ":**\n\n")


def _secret(topic: str) -> str | None:
    """What is in no spec on purpose, such as `database.password`."""
    from mlkc.spec.secret_names import is_secret  # noqa: PLC0415

    section, _, key = topic.rpartition(".")
    if not is_secret(key) or _setting(section) is None:
        return None
    return (
        f"{topic}\n  is no setting, since a spec is committed: {codes.PLAIN_TEXT_SECRET.code} refuses it.\n\n"
        + code_text(codes.PLAIN_TEXT_SECRET)
    )


def _setting(topic: str) -> str | None:
    """A setting, also written with an index or below an environment."""
    wanted = re.sub(r"^environments\.[^.]+\.", "", re.sub(r"\[\d*\]|\.\d+(?=\.|$)", "", topic))
    rows = {one.path.replace("[]", ""): one for one in settings()}
    found = rows.get(wanted)
    if found is None:
        return None
    lines = [found.path, f"  {found.about}", "", f"  type     {found.type}"]
    lines.append(f"  default  {found.default}" if found.default is not None else "  must be written")
    if found.example:
        lines.append(f"  example  {found.path.rpartition('.')[2]}: {found.example}")
    fixed = found.shared or _fixed(wanted)
    lines.append("  the same in all environments" if fixed else "  an environment may say otherwise")
    below = [
        one for one in rows if one.startswith(f"{wanted}.") and "." not in one.removeprefix(f"{wanted}.")
    ]
    lines += (
        ["", "  its settings:", *(f"    {rows[one].path}: {rows[one].about}" for one in below)]
        if below
        else []
    )
    return "\n".join(lines) + "\n"


def _fixed(path: str) -> bool:
    from mlkc.plan.passes.environments import FIXED  # noqa: PLC0415

    return any(f"{path}.".startswith(".".join(setting) + ".") for setting in FIXED)
