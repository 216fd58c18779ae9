"""The table of commands, as the CLI framework reads it.

A command's module is imported when it runs: `mlkc --help` needs nothing but click.
"""

from __future__ import annotations

from importlib import import_module

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
def mlkc() -> None:
    """Compiles ONE spec file into the Kubernetes manifests and images of an MLflow stack.

    The order of the day: edit the spec, `mlkc compile specs/mlflow.yaml`, review the generated diff,
    `kubectl apply -k overlays/prod`.

    Exit codes: 0 fine, 1 errors found, 2 wrong use, 3 a bug of mlkc or a broken machine.
    """
