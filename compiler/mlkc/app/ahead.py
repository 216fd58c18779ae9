"""A process that gets the back half ready while the front half is still at work.

A compile is one chain until Kustomize starts: read, validate, resolve, emit. What the checks need (the rules, two
validators, a YAML library, 90 ms of imports) does not depend on it and would keep the second core waiting. So a child
is forked before anything is imported; it imports the back half, waits for the plan and the output tree, and
answers with what the checks say (docs/adr/0009-two-processes.md).
"""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

if TYPE_CHECKING:
    from mlkc.app.checked import Checked
    from mlkc.artifact.model import OutputTree
    from mlkc.plan.plan import Plan

# A fork is safe where no thread runs; macOS's own libraries start some.
SUPPORTED = sys.platform == "linux"


class BackError(Exception):
    """The back half failed; its traceback is the exception's note. A bug, or a broken machine."""


class Ahead:
    """The child. Use it as a context manager: leaving it ends the child."""

    def __init__(self) -> None:
        """Forks. No thread may run in this process."""
        request, self._request = os.pipe()
        self._answer, answer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._request)
            os.close(self._answer)
            _serve(request, answer)
        os.close(request)
        os.close(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in (self._request, self._answer):
            if handle >= 0:
                os.close(handle)
        os.waitpid(self._pid, 0)

    def run(self, plan: Plan, output: OutputTree) -> Checked:
        """Has a tree rendered and checked; once.

        Raises:
            BackError: the child failed.
        """
        import pickle  # noqa: PLC0415

        with os.fdopen(self._request, "wb") as stream:
            self._request = -1
            pickle.dump((plan, output), stream, pickle.HIGHEST_PROTOCOL)
        import mlkc.write.apply  # noqa: F401, PLC0415  what a compile does next, read while the child works

        with os.fdopen(self._answer, "rb") as stream:
            self._answer = -1
            content = stream.read()
        if not content:
            raise BackError("the checks ended without a word")
        answer: Checked | BackError = pickle.loads(content)  # noqa: S301  from our own child
        if isinstance(answer, BackError):
            raise answer
        return answer


def _serve(request: int, answer: int) -> NoReturn:
    """The child's life: import, wait, work, answer. It never returns into the parent's code."""
    try:
        result = _work(request)
        with os.fdopen(answer, "wb") as stream:
            stream.write(result)
    finally:
        os._exit(0)


def _work(request: int) -> bytes:
    import pickle  # noqa: PLC0415

    try:
        from mlkc.app.back import back, warm_up  # noqa: PLC0415

        warm_up()
        with os.fdopen(request, "rb") as stream:
            content = stream.read()
        if not content:
            return b""  # the spec has errors, or the parent is gone
        plan, output = pickle.loads(content)  # noqa: S301  from our own parent
        return pickle.dumps(back(plan, output), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        import traceback  # noqa: PLC0415

        failure = BackError(f"{type(error).__name__}: {error}")
        failure.add_note(traceback.format_exc())
        return pickle.dumps(failure)
