"""`mlkc compile --watch`: one warm process that compiles at each save."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from mlkc.cli.output import show

if TYPE_CHECKING:
    from mlkc.app.warm import Again

_ENDS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def watch(spec: Path, output: Path, *, force: bool, quiet: bool, strict: bool) -> None:
    """Compiles at once and at each save; returns when Ctrl-C is pressed or the terminal is closed.

    A compile that is under way then is finished first.
    """
    gc.disable()
    with _ended() as ended:
        from mlkc.app.warm import Warm  # noqa: PLC0415  it takes a while, and Ctrl-C may come
        from mlkc.app.watch import saves  # noqa: PLC0415

        with Warm(spec, str(spec), output, force=force, strict=strict) as warm:
            for _ in saves(spec, lambda: bool(ended)):
                begin = time.perf_counter()
                again = warm.compile()
                if ended:
                    return  # Kustomize heard the key too, and what it says of that is of no use
                _show(again, quiet, round((time.perf_counter() - begin) * 1000))
                if not quiet:
                    click.echo(f"watching {spec}; Ctrl-C ends")
                warm.rest()
                gc.collect()  # while nobody waits, so that no compile is interrupted


def _show(again: Again, quiet: bool, milliseconds: int) -> None:
    from mlkc.report import diff  # noqa: PLC0415
    from mlkc.report.written import summary  # noqa: PLC0415

    compiled = again.compiled
    show(compiled.diagnostics)
    if quiet or compiled.written is None:
        return
    if again.changes:
        click.echo(diff.text(again.changes), nl=False)
    click.echo(f"compiled in {milliseconds} ms: {summary(compiled.written)}", nl=False)


@contextmanager
def _ended() -> Iterator[list[int]]:
    """Notes signals that end a program instead of breaking off what runs: a list that is empty until then."""
    heard: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        heard.append(number)

    before = {number: signal.signal(number, note) for number in _ENDS}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
