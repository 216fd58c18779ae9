"""Scalar types of `server`: pods by number or by share, times, and who logs in."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from mlkc.spec.annotate import AfterValidator, BeforeValidator
from mlkc.spec.name_types import host_name
from mlkc.spec.network_types import check_url
from mlkc.spec.types import refuse


def _pods(least: int) -> Callable[[Any], Any]:
    def check(data: Any) -> Any:
        whole = isinstance(data, int) and not isinstance(data, bool)
        share = isinstance(data, str) and re.fullmatch(r"0%|[1-9][0-9]{0,3}%", data)
        if not whole and not share:
            shown = f"`{data}`" if isinstance(data, str | float) else "this"
            refuse(
                "invalid-pattern",
                f"{shown} is neither a number of pods nor a share of them",
                "write a number such as `1`, or a share such as `25%`",
            )
        if not least <= int(str(data).removesuffix("%")) <= 100:
            unit = "%" if share else ""
            refuse(
                "out-of-range",
                f"`{data}` is outside of what it may be",
                f"write from `{least}{unit}` to `100{unit}`",
            )
        return data

    return check


_some_pods = _pods(1)
_pods_or_none = _pods(0)
# At least one; a share of a few pods may still come to none.
SomePods = Annotated[int | str, BeforeValidator(_some_pods)]
PodsOrNone = Annotated[int | str, BeforeValidator(_pods_or_none)]

_LONGEST = 24 * 3600
_UNITS = {"s": 1, "m": 60, "h": 3600}


def seconds(text: str) -> int:
    """How many seconds a `Duration` has."""
    return int(text[:-1]) * _UNITS[text[-1]]


def _duration(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,4}[smh]", text):
        refuse(
            "invalid-pattern", f"`{text}` is no time with a unit", "write one such as `90s`, `10m` or `2h`"
        )
    if not 10 <= seconds(text) <= _LONGEST:
        refuse("out-of-range", f"`{text}` is outside of what it may be", "write from `10s` to `24h`")
    return text


Duration = Annotated[str, AfterValidator(_duration)]


def _issuer(text: str) -> str:
    """Sign by sign: an issuer that ends in a slash is another one to whoever compares.

    Source: OpenID Connect Discovery 1.0, section 4.3; oauth2-proxy 7.15.4, which does not start otherwise.
    """
    check_url(text)
    if not text.startswith("https://"):
        refuse(
            "invalid-url",
            f"`{text}` would get the client's secret in plain text",
            "write `https://HOST/PATH`",
        )
    return text


def _mail_domain(text: str) -> str:
    return text if text == "*" else host_name(text)


Issuer = Annotated[str, AfterValidator(_issuer)]
MailDomain = Annotated[str, AfterValidator(_mail_domain)]
