"""`mlkc check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlkc.cli.output import exit_code, reporting, show


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder that holds the outputs; the current one if left out.",
)
@reporting
def command(spec: Path, output: Path, format_: str, strict: bool) -> None:
    """Check that the committed tree is exactly what a spec compiles to, and that everything validates.

    Writes nothing. Exit code 0 means that a compile would change nothing; 1 lists the files that are missing, out of
    date, no longer generated or edited by hand, with the edit. Values that are or look like secrets are never shown.
    """
    from mlkc.app.check import check_tree, with_edits  # noqa: PLC0415  `mlkc check --help` needs no compiler

    checked = check_tree(spec, str(spec), output, strict=strict)
    if format_ == "text":
        show(checked.diagnostics)
        from mlkc.report.cells import safe  # noqa: PLC0415

        for edit in checked.edits:
            click.echo("\n".join(safe(line) for line in edit.lines))
        if not checked.failed:
            click.echo(f"{output}: {checked.unchanged} files are exactly what {spec} compiles to")
    else:
        show(with_edits(checked, output), format_)
    sys.exit(exit_code(checked.diagnostics))
