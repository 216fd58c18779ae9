"""The answer of the back half of a compile; a module of its own, so that to read it imports no checks."""

from __future__ import annotations

from msgspec import Struct

from mlkc.diag.diagnostic import Diagnostic


class Checked(Struct, frozen=True):
    """What the checks say, and the content of each file by its path; no content where a secret would leak."""

    diagnostics: tuple[Diagnostic, ...]
    contents: dict[str, bytes]
