"""A process that compiles one spec again and again: all is imported, and kubectl waits for what comes.

Between two compiles a kubectl is started for each environment (docs/adr/0010-kubectl-waits.md), so that none starts
while somebody waits. An environment whose files are the same as before is not rendered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from mlkc.app.back import back, warm_up
from mlkc.app.checked import Checked
from mlkc.app.compile import Compiled, compile_spec
from mlkc.app.diff import Change, changes
from mlkc.app.snapshot import Snapshot, of_memory
from mlkc.app.why import Compiled as Stages
from mlkc.artifact.model import OutputTree
from mlkc.check.kustomize.memory import Memory
from mlkc.check.kustomize.workplace import Workplace, await_overlays
from mlkc.plan.plan import Plan


class Again(Struct, frozen=True):
    """What one compile of many did.

    Attributes:
        compiled: as of a compile alone.
        changes: what is other in the stack than after the last compile that wrote, the worst first; None for the
            first one and where nothing was written.
    """

    compiled: Compiled
    changes: tuple[Change, ...] | None


class Warm:
    """Compiles a spec as often as wanted. Use it as a context manager: leaving it ends the kubectl processes."""

    def __init__(self, spec: Path, display_name: str, output: Path, *, force: bool, strict: bool) -> None:
        """Takes what `compile_spec` takes; reads nothing yet."""
        self._spec = spec, display_name, output
        self._force, self._strict = force, strict
        self._bench = _Bench()
        self._last: Snapshot | None = None
        warm_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bench.close()

    def compile(self) -> Again:
        """Compiles the spec as it is now."""
        compiled = compile_spec(*self._spec, force=self._force, strict=self._strict, ahead=self._bench)
        plan, tree, output = compiled.plan, compiled.tree, compiled.output
        if compiled.written is None or plan is None or tree is None or output is None:
            return Again(compiled, None)
        before, self._last = self._last, self._bench.snapshot()
        found = None if before is None else changes(Stages(plan, tree, output), before, self._last)
        return Again(compiled, found)

    def rest(self) -> None:
        """Gets ready for the next compile, while nobody waits."""
        self._bench.arm()


class _Bench:
    """The checks, in this process, with kubectl processes that wait."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._waiting: Workplace | None = None
        self._used = True
        self._names: tuple[str, ...] = ()
        self._contents: dict[str, bytes] = {}

    def announce(self, environments: Sequence[str]) -> None:
        """Does nothing: kubectl waits already."""

    def run(self, plan: Plan, output: OutputTree) -> Checked:
        if self._waiting is not None and not self._waiting.tree.is_dir():
            self.close()  # somebody tidied up the memory disk
        self._names, self._used = tuple(environment.name for environment in plan.environments), True
        checked = back(plan, output, self._waiting, self._memory)
        self._contents = checked.contents
        return checked

    def snapshot(self) -> Snapshot:
        return of_memory(self._memory, self._contents)

    def arm(self) -> None:
        if not self._used:
            return
        self.close()
        self._waiting, self._used = await_overlays(self._names), False

    def close(self) -> None:
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None
