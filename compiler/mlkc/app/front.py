"""The stages that every command shares: from a spec file to a checked output tree, in memory."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from mlkc.artifact.model import OutputTree
from mlkc.check.check import check
from mlkc.check.model import CheckInput
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.locate import locate
from mlkc.diag.order import sort
from mlkc.emit.emit import emit
from mlkc.plan.plan import Plan
from mlkc.plan.resolve import resolve
from mlkc.source.load import load
from mlkc.source.tree import SourceTree
from mlkc.spec.validate import validate


class Front(Struct, frozen=True):
    """What the stages gave: each value is None from the stage on that failed.

    Attributes:
        diagnostics: located and in file order.
    """

    diagnostics: tuple[Diagnostic, ...]
    tree: SourceTree | None = None
    plan: Plan | None = None
    output: OutputTree | None = None

    @property
    def failed(self) -> bool:
        """True when there is an error."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def front(spec: Path, display_name: str) -> Front:
    """Runs load, validate, resolve, emit and check; each collects everything and stops at its end on an error."""
    loaded = load(spec, display_name)
    tree = loaded.value
    if loaded.failed or tree is None:
        return Front(sort(loaded.diagnostics), tree)
    parsed = validate(tree)
    found = (*loaded.diagnostics, *parsed.diagnostics)
    if parsed.failed or parsed.value is None:
        return Front(_located(found, tree), tree)
    resolved = resolve(parsed.value)
    found += resolved.diagnostics
    if resolved.failed or resolved.value is None:
        return Front(_located(found, tree), tree)
    plan = resolved.value
    output = emit(plan)
    found += check(CheckInput(plan, output))
    return Front(_located(found, tree), tree, plan, output)


def _located(diagnostics: tuple[Diagnostic, ...], tree: SourceTree) -> tuple[Diagnostic, ...]:
    return sort(locate(diagnostics, tree))
