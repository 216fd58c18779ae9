"""Hiding secrets in lines that are shown to people."""

from __future__ import annotations

import re

_KEYS = r"(?i:password|passwd|passphrase|token|credentials?|api-?key|private-?key)|(?<![A-Za-z])(?i:secret)"
_VALUE = re.compile(rf"(?:{_KEYS})[\w.-]*[\"']?\s*[:=]\s*(?P<value>\"[^\"]*\"?|'[^']*'?|[^\s,}}\]#]+)")
_LOGIN = re.compile(r"://(?P<value>[^/\s\"']+)@")


def mask(line: str) -> str:
    """Returns `line` with the values of keys such as `password`, and logins in URLs, as dots of the same length.

    The spec has no place for a secret; this is for the line that is shown when somebody wrote one all the same.
    """
    for pattern in (_VALUE, _LOGIN):
        for match in pattern.finditer(line):
            start, end = match.span("value")
            line = line[:start] + "•" * (end - start) + line[end:]
    return line
