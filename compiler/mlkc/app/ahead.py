"""A process that gets the back half ready while the front half is still at work.

A compile is one chain until Kustomize starts: read, validate, resolve, emit. What the checks need (the rules, two
validators, a YAML library, 90 ms of imports) does not depend on it and would keep the second core waiting. So a child
is forked before anything is imported; it imports the back half, starts a kubectl for each environment as soon as it is
told their names, waits for the plan and the output tree, and answers with what the checks say
(docs/adr/0009-two-processes.md, docs/adr/0010-kubectl-waits.md).
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, nullcontext, suppress
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BufferedReader, BufferedWriter

    from mlkc.app.checked import Checked
    from mlkc.artifact.model import OutputTree
    from mlkc.check.kustomize.workplace import Workplace
    from mlkc.plan.plan import Plan

# The back half, in parts that take a few milliseconds each.
_PARTS = (
    "mlkc.check.kustomize.documents",
    "mlkc.check.rules",
    "mlkc.check.facts.facts",
    "mlkc.artifact.yaml",
    "mlkc.app.back",
)
# A fork is safe where no thread runs; macOS's own libraries start some.
SUPPORTED = sys.platform == "linux"


class BackError(Exception):
    """The back half failed; its traceback is the exception's note. A bug, or a broken machine."""


class Ahead:
    """The child. Use it as a context manager: leaving it ends the child."""

    def __init__(self) -> None:
        """Forks. No thread may run in this process."""
        request, self._request = _pipe()
        self._answer, answer = _pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._request.close()
            self._answer.close()
            _serve(request, answer)
        request.close()
        answer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(BrokenPipeError):
            self._request.close()
        self._answer.close()
        os.waitpid(self._pid, 0)

    def announce(self, environments: Sequence[str]) -> None:
        """Tells which overlays there may be, once, before `run`: Kustomize gets ready to render them."""
        self._send(environments)

    def run(self, plan: Plan, output: OutputTree) -> Checked:
        """Has a tree rendered and checked; once.

        Raises:
            BackError: the child failed.
        """
        self._send((plan, output))
        import mlkc.write.apply  # noqa: F401, PLC0415  what a compile does next, read while the child works

        content = self._answer.read()
        if not content:
            raise BackError("the checks ended without a word")
        import pickle  # noqa: PLC0415

        answer: Checked | BackError = pickle.loads(content)  # noqa: S301  from our own child
        if isinstance(answer, BackError):
            raise answer
        return answer

    def _send(self, message: object) -> None:
        import pickle  # noqa: PLC0415

        with suppress(BrokenPipeError):  # its answer, or that there is none, says what happened
            pickle.dump(message, self._request, pickle.HIGHEST_PROTOCOL)
            self._request.flush()


def _pipe() -> tuple[BufferedReader, BufferedWriter]:
    reader, writer = os.pipe()
    return os.fdopen(reader, "rb"), os.fdopen(writer, "wb")


def _serve(request: BufferedReader, answer: BufferedWriter) -> NoReturn:
    """The child's life: import, wait, work, answer. It never returns into the parent's code."""
    try:
        with answer:
            _work(request, answer)
    finally:
        os._exit(0)


def _started(request: BufferedReader) -> Workplace | None:
    """Imports the back half, and in between, once it is told their names, starts a kubectl for each environment."""
    import pickle  # noqa: PLC0415
    from importlib import import_module  # noqa: PLC0415
    from select import select  # noqa: PLC0415

    from mlkc.check.kustomize.workplace import await_overlays  # noqa: PLC0415

    for part in _PARTS:
        import_module(part)
        if select([request], [], [], 0)[0]:
            break
    return await_overlays(pickle.load(request))  # noqa: S301  from our own parent


def _work(request: BufferedReader, answer: BufferedWriter) -> None:
    """Answers, and only then ends the processes; what has no answer is a spec with errors, or a parent that is gone."""
    import pickle  # noqa: PLC0415

    try:
        with ExitStack() as leaving:
            waiting = leaving.enter_context(_started(request) or nullcontext())
            from mlkc.app.back import back, warm_up  # noqa: PLC0415

            warm_up()
            plan, output = pickle.load(request)  # noqa: S301  from our own parent
            answer.write(pickle.dumps(back(plan, output, waiting), pickle.HIGHEST_PROTOCOL))
            answer.close()
    except EOFError:
        pass
    except Exception as error:
        import traceback  # noqa: PLC0415

        failure = BackError(f"{type(error).__name__}: {error}")
        failure.add_note(traceback.format_exc())
        if not answer.closed:
            answer.write(pickle.dumps(failure))
