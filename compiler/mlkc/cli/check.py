"""`mlkc check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlkc.cli.output import exit_code, reporting, show
from mlkc.cli.several import HELP, each, jobs

if TYPE_CHECKING:
    from mlkc.app.check import Checked
    from mlkc.diag.diagnostic import Diagnostic


@click.command()
@click.argument("specs", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SPEC…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help=f"Folder that holds the outputs; the current one if left out. {HELP}",
)
@reporting
def command(specs: tuple[Path, ...], output: Path, format_: str, strict: bool) -> None:
    """Check that the committed tree is exactly what a spec, or each of several, compiles to, and that all validates.

    Writes nothing. Exit code 0 means that a compile would change nothing; 1 lists the files that are missing, out of
    date, no longer generated or edited by hand, with the edit. Values that are or look like secrets are never shown.
    """
    from mlkc.app.check import check_tree, with_edits  # noqa: PLC0415  `mlkc check --help` needs no compiler

    said: tuple[Diagnostic, ...] = ()
    found = jobs(specs, output)
    for job, checked in each(found, lambda spec, folder: check_tree(spec, str(spec), folder, strict=strict)):
        if format_ == "text":
            said += checked.diagnostics
            _tell(checked, *job)
        else:
            said += with_edits(checked, job[1])
    if format_ != "text":
        show(said, format_)
    sys.exit(exit_code(said))


def _tell(checked: Checked, spec: Path, folder: Path) -> None:
    from mlkc.report.cells import safe  # noqa: PLC0415

    show(checked.diagnostics)
    for edit in checked.edits:
        click.echo("\n".join(safe(line) for line in edit.lines))
    if not checked.failed:
        click.echo(f"{folder}: {checked.unchanged} files are exactly what {spec} compiles to")
