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
    from mlkc.app.compile import Compiled


def watch(spec: Path, output: Path, *, force: bool, quiet: bool, strict: bool) -> None:
    """Compiles at once and at each save; returns when Ctrl-C is pressed.

    A compile that is under way then is finished first.
    """
    gc.disable()
    with _ctrl_c() as pressed:
        from mlkc.app.compile import compile_spec  # noqa: PLC0415  it takes a while, and Ctrl-C may come
        from mlkc.app.watch import saves  # noqa: PLC0415

        for _ in saves(spec, lambda: bool(pressed)):
            begin = time.perf_counter()
            compiled = compile_spec(spec, str(spec), output, force=force, strict=strict)
            if pressed:
                return  # Kustomize heard the key too, and what it says of that is of no use
            _show(compiled, quiet, round((time.perf_counter() - begin) * 1000))
            if not quiet:
                click.echo(f"watching {spec}; Ctrl-C ends")


def _show(compiled: Compiled, quiet: bool, milliseconds: int) -> None:
    from mlkc.report.written import summary  # noqa: PLC0415

    show(compiled.diagnostics)
    if compiled.written is not None and not quiet:
        click.echo(f"compiled in {milliseconds} ms: {summary(compiled.written)}", nl=False)


@contextmanager
def _ctrl_c() -> Iterator[list[int]]:
    """Notes Ctrl-C instead of breaking off what runs: a list that is empty until then."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
