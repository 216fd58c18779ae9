"""Which names mean a secret, in a spec, in a variable and in what is shown.

The patterns are texts: a spec that has no such name need not wait until they are compiled.
"""

from __future__ import annotations

import re

_ANYWHERE = r"(?i:password|passwd|passphrase|credential|secret)"
_AT_THE_END = (
    r"(?i:(?:^|[_.-])(?:token|pwd|pass|pat|api[_.-]?key|(?:access|account|private|secret|ssh|signing)[_.-]?key))$"
    r"|(?i:[.]account[.]key[.])"
)
_MAY_BE = r"(?i:password|passwd|passphrase|credential|token|pwd|api[_.-]?key|^secret$|_secret)"
# `PASSWORD_FILE` names a place, and `secretName` an object.
_OF_A_PLACE = r"(?i:[_.-](?:file|path|dir|name|url|host|port|user|class|provider|type|id)|(?<=[a-z])Name)$"


# A part of every name that is one: where none is there, no pattern has to be compiled.
_HINTS = ("pass", "pwd", "pat", "cred", "secret", "token", "key")


def is_secret_name(name: str) -> bool:
    """Tells whether what has this name is a secret: `DB_PASSWORD`, `fs.s3a.secret.key`, `OPENAI_API_KEY`."""
    folded = name.casefold()
    if not any(hint in folded for hint in _HINTS):
        return False
    if re.search(_OF_A_PLACE, name):
        return False
    return bool(re.search(_ANYWHERE, name) or re.search(_AT_THE_END, name))


def may_be_secret(name: str) -> bool:
    """Tells whether the value of a name is better not shown: what sounds like a secret, also where it may be none."""
    return is_secret_name(name) or re.search(_MAY_BE, name) is not None


# `MYSQL_ALLOW_EMPTY_PASSWORD: "yes"` is a switch.
_SWITCHES = frozenset({"", "yes", "no", "true", "false", "on", "off", "0", "1"})


def is_secret(name: str, value: str) -> bool:
    """Tells whether a variable is a secret by its name, or has a login in a URL: `DATABASE_URL: mysql://a:b@host`."""
    if value.lower() in _SWITCHES:
        return False
    login = "://" in value and re.search(r"://[^/\s@]*:[^/\s@]+@", value)
    return is_secret_name(name) or bool(login)
