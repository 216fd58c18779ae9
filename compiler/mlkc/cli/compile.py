"""`mlkc compile`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlkc.cli.output import exit_code, show


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Output folder; the current one if left out.",
)
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited by hand.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def command(spec: Path, output: Path, force: bool, quiet: bool) -> None:
    """Compile a spec into base/, overlays/ and images/.

    Everything is validated before a byte is written: the spec, every object, and every overlay as Kustomize renders
    it. On an error nothing is written and every problem is shown.
    """
    from mlkc.app.compile import compile_spec  # noqa: PLC0415  `mlkc compile --help` needs no compiler

    compiled = compile_spec(spec, str(spec), output, force=force)
    show(compiled.diagnostics)
    if compiled.failed or compiled.written is None or compiled.plan is None or compiled.output is None:
        sys.exit(exit_code(compiled.diagnostics))
    if not quiet:
        from mlkc.report.notes import notes  # noqa: PLC0415
        from mlkc.report.written import summary  # noqa: PLC0415

        click.echo(summary(compiled.written), nl=False)
        if compiled.written.changed:
            click.echo(notes(compiled.plan, compiled.output, str(output)), nl=False)
