"""The command line: its table of commands, and the only place that catches everything.

A command's module is imported when it runs: `mlkc --help` needs nothing but click.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from mlkc import __version__

# A command → the line that stands in the list of commands. Its module is mlkc.cli.NAME, its object `command`.
COMMANDS = {
    "compile": "Compile a spec into base/, overlays/ and images/.",
    "check": "Say whether the committed files are exactly what a spec compiles to.",
    "why": "Say why a line of an output, or a field that Kustomize renders, is what it is.",
    "blame": "Say on which line of the spec to mend what another tool finds in the outputs.",
    "diff": "Say what a spec would change in the stack, why, and what each change does.",
    "fix": "Mend in the spec what has one certain remedy.",
    "explain": "Explain a code of a message, or a setting of the spec.",
}


class _Commands(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the base class's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"mlkc.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="mlkc %(version)s")
def _mlkc() -> None:
    """Compiles ONE spec file into the Kubernetes manifests and images of an MLflow stack.

    The order of the day: edit the spec, `mlkc compile specs/mlflow.yaml`, review the generated diff,
    `kubectl apply -k overlays/prod`.

    Exit codes: 0 fine, 1 errors found, 2 wrong use, 3 a bug of mlkc or a broken machine.
    """


def main() -> None:
    """Runs the command line and exits."""
    try:
        _mlkc(prog_name="mlkc")
    except SystemExit as done:
        _leave(done.code if isinstance(done.code, int) else int(done.code is not None))
    except Exception as error:  # the one place that catches everything
        _leave(_bug(error))


def _leave(code: int) -> NoReturn:
    """Ends the process at once: to take all modules apart first, as Python does, costs 30 ms of every compile."""
    import os  # noqa: PLC0415  click has it already

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader of a pipe is gone
        code = code or 1
    os._exit(code)


def _bug(error: Exception) -> int:
    """Says that mlkc or the machine is broken; the traceback is shown on request."""
    import os  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    from mlkc.cli.output import EXIT_BUG  # noqa: PLC0415

    if os.environ.get("MLKC_TRACEBACK"):
        traceback.print_exc()
    else:
        click.echo(f"mlkc: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("mlkc: set MLKC_TRACEBACK=1 to see where, and please report it", err=True)
    return EXIT_BUG
