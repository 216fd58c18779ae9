"""`mlkc fix`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlkc.cli.output import EXIT_BUG, exit_code, reporting, show, write_spec


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option(
    "--diff", "only_diff", is_flag=True, help="Show the change as a unified diff and write nothing."
)
@reporting
def command(spec: Path, only_diff: bool, format_: str, strict: bool) -> None:
    """Mend in the spec what has one certain remedy; the rest of the file keeps every character.

    These are the remedies that a report shows as `fix:`. What is left is reported as by `mlkc compile`, and decides the
    exit code: 1 when errors remain. Outputs are not written.
    """
    from mlkc.app.fix import diff, fix_spec, where  # noqa: PLC0415  `mlkc fix --help` needs no compiler
    from mlkc.report.cells import safe  # noqa: PLC0415
    from mlkc.text.mask import mask  # noqa: PLC0415

    fixed = fix_spec(spec, str(spec), strict=strict)
    text = format_ == "text"
    if only_diff:
        # In a form for programs the report is alone on standard output.
        for line in diff(fixed, str(spec)).split("\n")[:-1]:
            click.echo(safe(mask(line)), err=not text)
    elif fixed.mended and not write_spec(spec, fixed.before, fixed.after):
        sys.exit(EXIT_BUG)
    show(fixed.diagnostics, format_)
    if text and not only_diff:
        for mended in fixed.mended:
            click.echo(safe(f"{where(mended)}: {mended.fault.code}: {mended.fix.title}: done"))
        if not fixed.mended:
            click.echo(f"{spec}: nothing in it has a certain remedy")
    sys.exit(exit_code(fixed.diagnostics))
