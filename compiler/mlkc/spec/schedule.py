"""When a job of the cluster runs: a line of cron and a time zone, which refuse what a cluster refuses."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse

_WORDS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
_NAMES = re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdecsunmontuewedthufrisat")
_MONTHS = {name: number + 1 for number, name in enumerate(_NAMES[:12])}
_DAYS = {name: number for number, name in enumerate(_NAMES[12:])}
# What a cluster reads: ParseStandard of github.com/robfig/cron/v3. Its week has no day 7.
_FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 6, _DAYS),
)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _schedule(text: str) -> str:
    if text in _WORDS:
        return text
    parts = text.split(" ")
    if len(parts) != len(_FIELDS) or not all(parts):
        refuse(
            "invalid-pattern",
            f"`{text}` is not a schedule",
            "write five fields, minute, hour, day, month and day of the week: `30 2 * * *`",
        )
    found = [_numbers(part, field) for part, field in zip(parts, _FIELDS, strict=True)]
    days, months, week = found[2], found[3], parts[4]
    if week in ("*", "?") and not any(day <= _LONGEST[month - 1] for day in days for month in months):
        refuse("invalid-pattern", f"`{text}` never comes", "name a day that its month has")
    return text


def _numbers(part: str, field: tuple[str, int, int, dict[str, int]]) -> set[int]:
    title, least, most, names = field
    found: set[int] = set()
    for piece in part.split(","):
        match = re.fullmatch(
            r"(?:[*?]|([0-9]{1,3}|[a-z]+)(?:-([0-9]{1,3}|[a-z]+))?)(?:/([0-9]{1,3}))?", piece.lower()
        )
        first = last = step = -1
        if match:
            step = int(match[3] or 1)
            first = _number(match[1] or str(least), names)
            last = _number(match[2] or (str(most) if match[1] is None or match[3] else match[1]), names)
        if not least <= first <= last <= most or step < 1:
            refuse(
                "invalid-pattern",
                f"`{piece}` is not a {title}",
                f"write `*`, numbers from {least} to {most}, ranges such as `{least}-{most}`, or steps such as `*/2`",
            )
        found.update(range(first, last + 1, step))
    return found


def _number(text: str, names: dict[str, int]) -> int:
    return int(text) if text.isdigit() else names.get(text, -1)


def _time_zone(text: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", text) and text.lower() != "local":
        return text
    refuse(
        "invalid-pattern", f"`{text}` is not a time zone", "write a name such as `Europe/Berlin` or `Etc/UTC`"
    )


Schedule = Annotated[str, AfterValidator(_schedule)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
