"""Collects findings as diagnostics, each fault once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlkc.check import objects, tree
from mlkc.check.model import Finding
from mlkc.check.place import output_place, place
from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.plan import PatchPlan, Plan


class Collector:
    """Turns findings into diagnostics; what several environments have in common is reported once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found: dict[tuple[str, ...], Diagnostic] = {}

    def add(
        self, code: Code, finding: Finding, patches: Sequence[PatchPlan] = (), *, blame: bool = False
    ) -> None:
        """Adds a finding.

        Args:
            code: of its rule.
            finding: what was found.
            patches: the user's patches that went into the objects.
            blame: the fault was not there before the patches.
        """
        where = place(self._plan, finding, patches, blame=blame)
        related: tuple[Label, ...] = ()
        if isinstance(where, InSpec):
            related = (Label(output_place(finding.artifact, finding.pointer), "what is generated"),)
        diagnostic = code.at(
            where,
            finding.message,
            label=finding.label,
            help=finding.help,
            notes=finding.notes,
            related=related,
        )
        # A message names its object and shows the value, so the same message is the same fault in whichever
        # environment; an environment that happens to override something near it is not where to look.
        key = code.code, finding.message, objects.title(finding.artifact), tree.field(finding.pointer)
        before = self._found.get(key)
        if before is None or (_in_environment(before) and not _in_environment(diagnostic)):
            self._found[key] = diagnostic

    def put(self, diagnostic: Diagnostic) -> None:
        """Adds a diagnostic of no artifact."""
        self._found[diagnostic.code, diagnostic.message, repr(diagnostic.primary.place)] = diagnostic

    def has(self, codes: Iterable[Code], *prefixes: str) -> bool:
        """Tells whether a fault of one of some codes was found in an output below one of some paths."""
        wanted = {code.code for code in codes}
        return any(
            diagnostic.code in wanted and any(file.startswith(prefixes) for file in _files(diagnostic))
            for diagnostic in self._found.values()
        )

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Returns them in the order in which they were found."""
        return tuple(self._found.values())


def _files(diagnostic: Diagnostic) -> list[str]:
    labels = (diagnostic.primary, *diagnostic.related)
    return [label.place.file for label in labels if not isinstance(label.place, (InSpec, tuple))]


def _in_environment(diagnostic: Diagnostic) -> bool:
    where = diagnostic.primary.place
    return isinstance(where, InSpec) and where.path[:1] == ("environments",)
