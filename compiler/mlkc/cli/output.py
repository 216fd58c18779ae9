"""Diagnostics: as text on standard error, as the terminal can show it; in forms for programs on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from mlkc.diag.diagnostic import Diagnostic, Severity

Callback = TypeVar("Callback", bound=Callable[..., Any])

EXIT_ERRORS, EXIT_USAGE, EXIT_BUG = 1, 2, 3
# The forms of a report, as `mlkc.report` has them; `--help` shall not import it.
FORMATS = ("text", "json", "sarif", "github")
# Codes of faults of the machine that mlkc runs on, not of the spec.
_MACHINE = "MK9"


def exit_code(diagnostics: Sequence[Diagnostic]) -> int:
    """Returns 0 when nothing is wrong, 1 for errors, 3 for a broken machine."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if any(diagnostic.code.startswith(_MACHINE) for diagnostic in errors):
        return EXIT_BUG
    return EXIT_ERRORS if errors else 0


def reporting(command: Callback) -> Callback:
    """Gives a command the options `--format` (as `format_`) and `--strict`."""
    import click  # noqa: PLC0415  a compile that has nothing to say needs none

    strict = click.option("--strict", is_flag=True, help="Take warnings for errors.")
    form = click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="text",
        help="Form of the report; all but text go to standard output, alone.",
    )
    return form(strict(command))


def show(diagnostics: Sequence[Diagnostic], format_: str = "text") -> None:
    """Prints diagnostics.

    As text they have their source lines, and colour only on a terminal (and never with NO_COLOR). A form for programs
    is whole even when there is nothing to say.
    """
    if format_ == "text" and not diagnostics:
        return
    import click  # noqa: PLC0415

    if format_ != "text":
        from mlkc.report import REPORTERS, Terminal  # noqa: PLC0415

        click.echo(REPORTERS[format_](diagnostics, Terminal()), nl=False)
        return
    import shutil  # noqa: PLC0415

    from mlkc.report.text import render  # noqa: PLC0415

    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 110
    click.echo(render(diagnostics, colour=colour, width=width), err=True, nl=False, color=colour)


def write_spec(spec: Path, before: str, after: str) -> bool:
    """Replaces the text of a spec; False, and the reason on standard error, where that can't be."""
    import click  # noqa: PLC0415

    from mlkc.write.replace import replace_text  # noqa: PLC0415  few commands write a spec

    try:
        done = replace_text(spec, before, after)
    except OSError as error:
        click.echo(f"mlkc: {spec} can't be written: {error.strerror or error}", err=True)
        return False
    if not done:
        click.echo(f"mlkc: {spec} changed while it was read; nothing was written", err=True)
    return done
