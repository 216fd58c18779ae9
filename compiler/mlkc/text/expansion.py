"""Kubernetes puts a variable in the place of `$(NAME)` in arguments and variables; texts are kept from it.

Source: Kubernetes, `third_party/forked/golang/expansion/expand.go`: `$$` stands for one `$`, and a `$` before any other
sign than `(` for itself.
"""

from __future__ import annotations

import re

# `$$(NAME)` is the text `$(NAME)`.
_REFERENCE = re.compile(r"(?<!\$)(?:\$\$)*\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)")


def references(text: str) -> list[str]:
    """Finds the variables that a text refers to, in their order."""
    return _REFERENCE.findall(text)


def literal(text: str) -> str:
    """Writes a text so that a container gets it sign by sign."""
    return re.sub(r"\$(?=[$(])", "$$", text) if "$" in text else text
