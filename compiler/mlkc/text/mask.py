"""Hiding secrets in lines that are shown to people."""

from __future__ import annotations

import re
from functools import lru_cache

_KEYS = (
    r"(?i:password|passwd|passphrase|token|credentials?|(?:api|private|access|account|ssh)[-_.]?key|pwd)"
    r"|(?<![A-Za-z])(?i:secret)"
)
# Texts, so that who has nothing to hide need not wait until they are compiled. Lengths have bounds: a line may have a
# mebibyte.
_VALUE = rf"(?:{_KEYS})[\w.-]{{0,64}}[\"']?\s*[:=]\s*(?P<value>\"[^\"]*\"?|'[^']*'?|[^\s,}}\]#]+)"
_LOGIN = r"://(?P<value>[^\s\"'@`]{1,300})@"
# `bob:word@host`; an image's digest comes after an `@` too.
_BARE_LOGIN = r"(?<![\w/.:-])[\w.-]{1,64}:(?P<value>[^\s\"'@`/:]{1,300})@(?!sha256:)"
_QUERY = r"[?&](?i:[\w-]{0,64}?(?:token|key|password|secret|sig|signature))=(?P<value>[^\s\"'&`]+)"


# Several diagnostics are often about one line, and it may be a mebibyte long.
@lru_cache(maxsize=4)
def mask(line: str) -> str:
    """Returns `line` with the values of keys such as `password`, and logins in URLs, as dots of the same length.

    The spec has no place for a secret; this is for the line that is shown when somebody wrote one all the same.
    """
    for pattern in (_VALUE, _LOGIN, _QUERY, _BARE_LOGIN):
        line = re.sub(pattern, _dots, line)
    return line


def mask_urls(text: str) -> str:
    """Returns a sentence with the logins and tokens in its URLs and addresses as dots."""
    for pattern in (_LOGIN, _QUERY, _BARE_LOGIN) if ":" in text else ():
        text = re.sub(pattern, _dots, text)
    return text


def _dots(match: re.Match[str]) -> str:
    before = match.start("value") - match.start()
    after = match.end() - match.end("value")
    whole = match.group()
    return whole[:before] + "•" * (len(whole) - before - after) + whole[len(whole) - after :]
