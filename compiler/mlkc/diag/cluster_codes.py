"""The rows MK76x of the table of codes: a cluster that a spec is compared with."""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING

NO_CONTEXT = Code("MK760", "no-context", _ERROR, "It is not known in which cluster an environment runs")
UNREACHABLE_CLUSTER = Code("MK761", "unreachable-cluster", _ERROR, "A cluster does not answer")
NO_ACCESS = Code("MK762", "no-access", _ERROR, "A cluster does not let its user read the stack")
UNREAD_OBJECT = Code("MK763", "unread-object", _WARNING, "An object in a cluster that could not be compared")
MISSING_NAMESPACE = Code("MK764", "missing-namespace", _WARNING, "A namespace that a cluster does not have")
UNSERVED_KIND = Code("MK765", "unserved-kind", _WARNING, "A kind of objects that a cluster does not serve")

ALL: tuple[Code, ...] = (
    NO_CONTEXT,
    UNREACHABLE_CLUSTER,
    NO_ACCESS,
    UNREAD_OBJECT,
    MISSING_NAMESPACE,
    UNSERVED_KIND,
)
