"""The stages that every command shares: from a spec file to a checked output tree, in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from mlkc.app.judge import strictly, without_accepted
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.locate import locate
from mlkc.diag.order import sort
from mlkc.source.load import load

if TYPE_CHECKING:
    from mlkc.app.checked import Checked
    from mlkc.artifact.model import OutputTree
    from mlkc.diag.outcome import Outcome
    from mlkc.plan.plan import Plan
    from mlkc.source.tree import SourceTree
    from mlkc.spec.accept import Acceptance

_NAME = re.compile("[a-z0-9-]{1,63}")
_MOST = 16


class Bench(Protocol):
    """What has the checks ready before there is anything to check."""

    def announce(self, environments: Sequence[str]) -> None:
        """Tells which overlays there may be, once, before `run`."""

    def run(self, plan: Plan, output: OutputTree) -> Checked:
        """Renders and checks a tree."""


class Front(Struct, frozen=True):
    """What the stages gave: each value is None from the stage on that failed.

    Attributes:
        diagnostics: located and in file order.
        accepted: the warnings that the spec accepts, for what comes after the stages.
        contents: each file's bytes by its path.
    """

    diagnostics: tuple[Diagnostic, ...]
    tree: SourceTree | None = None
    plan: Plan | None = None
    output: OutputTree | None = None
    contents: Mapping[str, bytes] = field(default_factory=dict)
    accepted: Sequence[Acceptance] = ()

    @property
    def failed(self) -> bool:
        """True when there is an error."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def front(spec: Path, display_name: str, ahead: Bench | None = None, *, strict: bool = False) -> Front:
    """Runs load, validate, resolve, emit, and render and check; each collects everything and stops on an error.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        ahead: what has the checks ready; without it they start from nothing.
        strict: warnings are errors.
    """
    found = _front(spec, display_name, ahead)
    return replace(found, diagnostics=strictly(found.diagnostics)) if strict else found


def _front(spec: Path, display_name: str, ahead: Bench | None) -> Front:
    return front_of(load(spec, display_name), ahead)


def front_of(loaded: Outcome[SourceTree], ahead: Bench | None = None) -> Front:
    """Runs the stages on a spec that is read already."""
    tree = loaded.value
    if loaded.failed or tree is None:
        return Front(sort(loaded.diagnostics), tree)
    if ahead:
        ahead.announce(_overlays(tree))
    # Imported while Kustomize starts, which needs to know no more than the names of the environments.
    from mlkc.emit.emit import emit  # noqa: PLC0415
    from mlkc.plan.resolve import resolve  # noqa: PLC0415
    from mlkc.spec.validate import validate  # noqa: PLC0415

    parsed = validate(tree)
    found = (*loaded.diagnostics, *parsed.diagnostics)
    if parsed.failed or parsed.value is None:
        return Front(_located(found, tree), tree)
    accepted = parsed.value.stack.accept
    resolved = resolve(parsed.value)
    found += resolved.diagnostics
    if resolved.failed or resolved.value is None:
        return Front(_located(without_accepted(found, accepted, complete=False), tree), tree)
    plan = resolved.value
    output = emit(plan)
    checked = ahead.run(plan, output) if ahead else _back(plan, output)
    said = without_accepted((*found, *checked.diagnostics), accepted, complete=True)
    return Front(_located(said, tree), tree, plan, output, checked.contents, accepted)


def _overlays(tree: SourceTree) -> list[str]:
    """Names that look like those of environments, before anything is validated; not more than a machine bears."""
    written = tree.data.get("environments") if isinstance(tree.data, dict) else None
    names = list(written) if isinstance(written, dict) else []
    return [name for name in names if _NAME.fullmatch(name)][:_MOST]


def _back(plan: Plan, output: OutputTree) -> Checked:
    from mlkc.app.back import back  # noqa: PLC0415  not where another process has it

    return back(plan, output)


def _located(diagnostics: tuple[Diagnostic, ...], tree: SourceTree) -> tuple[Diagnostic, ...]:
    return sort(locate(diagnostics, tree))
