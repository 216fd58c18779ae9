"""Hiding secrets in lines that are shown to people."""

from __future__ import annotations

import re
from functools import lru_cache

_KEYS = (
    r"(?i:password|passwd|passphrase|token|credentials?|(?:api|private|access|account|ssh)[-_.]?key|pwd)"
    r"|(?<![A-Za-z])(?i:secret)"
)
_VALUE = re.compile(rf"(?:{_KEYS})[\w.-]{{0,64}}[\"']?\s*[:=]\s*(?P<value>\"[^\"]*\"?|'[^']*'?|[^\s,}}\]#]+)")
_LOGIN = re.compile(r"://(?P<value>[^\s\"'@`]+)@")
_QUERY = re.compile(r"[?&](?i:[\w-]*(?:token|key|password|secret|sig|signature))=(?P<value>[^\s\"'&`]+)")


# Several diagnostics are often about one line, and it may be a mebibyte long.
@lru_cache(maxsize=4)
def mask(line: str) -> str:
    """Returns `line` with the values of keys such as `password`, and logins in URLs, as dots of the same length.

    The spec has no place for a secret; this is for the line that is shown when somebody wrote one all the same.
    """
    for pattern in (_VALUE, _LOGIN, _QUERY):
        line = pattern.sub(_dots, line)
    return line


def mask_urls(text: str) -> str:
    """Returns a sentence with the logins and tokens in its URLs as dots."""
    if "://" not in text:
        return text
    return _QUERY.sub(_dots, _LOGIN.sub(_dots, text))


def _dots(match: re.Match[str]) -> str:
    before = match.start("value") - match.start()
    after = match.end() - match.end("value")
    whole = match.group()
    return whole[:before] + "•" * (len(whole) - before - after) + whole[len(whole) - after :]
