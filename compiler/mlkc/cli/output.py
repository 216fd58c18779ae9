"""Diagnostics to standard error, as the terminal can show them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from mlkc.diag.diagnostic import Diagnostic, Severity

EXIT_ERRORS, EXIT_USAGE, EXIT_BUG = 1, 2, 3
# Codes of faults of the machine that mlkc runs on, not of the spec.
_MACHINE = "MK9"


def exit_code(diagnostics: Sequence[Diagnostic]) -> int:
    """Returns 0 when nothing is wrong, 1 for errors, 3 for a broken machine."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if any(diagnostic.code.startswith(_MACHINE) for diagnostic in errors):
        return EXIT_BUG
    return EXIT_ERRORS if errors else 0


def show(diagnostics: Sequence[Diagnostic]) -> None:
    """Prints diagnostics with their source lines; in colour only on a terminal (and never with NO_COLOR)."""
    if not diagnostics:
        return
    import shutil  # noqa: PLC0415

    from mlkc.report.text import render  # noqa: PLC0415

    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 110
    click.echo(render(diagnostics, colour=colour, width=width), err=True, nl=False, color=colour)
