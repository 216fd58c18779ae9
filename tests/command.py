"""Runs mlkc as its user does: arguments, folder and streams in, exit status and text out.

`run` forks the process of the tests, which has every module and has compiled once: what it costs to start Python again
is most of what a command takes. What depends on the start itself (imports, a terminal, signals, the surroundings) is
tried with the installed program, `MLKC`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Final, NoReturn

import mlkc
from mlkc.app.compile import compile_spec
from mlkc.cli.main import main

MLKC: Final = Path(sys.executable).with_name("mlkc")
# What no command of ours ends with: the fork failed before it became one.
_NEVER_BEGAN: Final = 125
_SPEC: Final = Path(__file__).parents[1] / "specs/minimal.yaml"


def run(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> CompletedProcess[str]:
    """Run `mlkc ARGUMENTS` to its end.

    Args:
        arguments: The command line after `mlkc`.
        cwd: The folder that it starts in.
        stdin: What it reads from standard input.
        environment: Variables that it has besides those of the tests.

    Returns:
        Its exit status and what it wrote.
    """
    _warm_up()
    command = ["mlkc", *map(str, arguments)]
    with ExitStack() as files:
        streams = [files.enter_context(TemporaryFile()) for _ in range(3)]
        given, out, err = streams
        given.write(stdin)
        given.seek(0)
        process = os.fork()
        if process == 0:
            _become(command, cwd, streams, environment)
        _, status = os.waitpid(process, 0)
        out.seek(0)
        err.seek(0)
        code = os.waitstatus_to_exitcode(status)
        return CompletedProcess(command, code, out.read().decode(), err.read().decode())


@cache
def _warm_up() -> None:
    """Load what a command loads when it needs it, so that it is there after the fork."""
    for module in pkgutil.walk_packages(mlkc.__path__, "mlkc."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
    with TemporaryDirectory() as folder:
        compile_spec(_SPEC, "spec.yaml", Path(folder))


def _become(command: list[str], cwd: Path, streams: list[IO[bytes]], environment: dict[str, str]) -> NoReturn:
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        os.chdir(cwd)
        os.environ.update(environment)
        sys.argv = command
        main()
    finally:
        os._exit(_NEVER_BEGAN)
