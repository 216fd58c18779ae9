"""The rows MK72x of the table of codes: how a committed tree differs from what its spec compiles to."""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

MISSING_OUTPUT = Code("MK720", "missing-output", Severity.ERROR, "A file of the spec that is not in the tree")
STALE_OUTPUT = Code(
    "MK721", "stale-output", Severity.ERROR, "A file that is not what the spec compiles to now"
)
LEFTOVER_OUTPUT = Code(
    "MK722", "leftover-output", Severity.ERROR, "A file that the spec no longer makes and that is still there"
)
STALE_MANIFEST = Code(
    "MK723", "stale-manifest", Severity.ERROR, "The manifest does not list the files that the spec makes"
)
UNFINISHED_RUN = Code("MK724", "unfinished-run", Severity.ERROR, "A run left something behind in the tree")
STRANGER = Code("MK725", "stranger", Severity.NOTE, "A file among the outputs that mlkc knows nothing of")
LOST_EDIT = Code("MK726", "lost-edit", Severity.ERROR, "An edit by hand that no patch in the spec can say")

ALL: tuple[Code, ...] = (
    MISSING_OUTPUT,
    STALE_OUTPUT,
    LEFTOVER_OUTPUT,
    STALE_MANIFEST,
    UNFINISHED_RUN,
    STRANGER,
    LOST_EDIT,
)
