"""Diagnostics to standard error, as the terminal can show them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from mlkc.diag.diagnostic import Diagnostic


def show(diagnostics: Sequence[Diagnostic]) -> None:
    """Prints diagnostics with their source lines; in colour only on a terminal (and never with NO_COLOR)."""
    if not diagnostics:
        return
    import shutil  # noqa: PLC0415

    from mlkc.report.text import render  # noqa: PLC0415

    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 110
    click.echo(render(diagnostics, colour=colour, width=width), err=True, nl=False, color=colour)
