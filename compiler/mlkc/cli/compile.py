"""`mlkc compile`."""

from __future__ import annotations

import gc
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlkc.app.ahead import SUPPORTED, Ahead
from mlkc.cli.output import EXIT_BUG, exit_code, reporting, show

if TYPE_CHECKING:
    from mlkc.app.compile import Compiled
    from mlkc.write.manifest import Owned


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
@click.option("--adopt", is_flag=True, help="Turn edits of generated files into patches in the spec.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--watch", "watching", is_flag=True, help="Compile again at each save, until Ctrl-C.")
@reporting
def command(  # noqa: PLR0913, PLR0917  each is an option, given by name
    spec: Path,
    output: Path,
    force: bool,
    adopt: bool,
    quiet: bool,
    watching: bool,
    strict: bool,
    format_: str,
) -> None:
    """Compile a spec into base/, overlays/ and images/.

    Everything is validated before a byte is written: the spec, every object, and every overlay as Kustomize renders
    it. On an error nothing is written and every problem is shown.
    """
    if adopt and (force or watching):
        raise click.UsageError("--adopt goes with neither --force nor --watch")
    if watching:
        if format_ != "text":
            raise click.UsageError("--watch goes with --format text only")
        from mlkc.cli.watch import watch  # noqa: PLC0415  a single compile needs none of it

        watch(spec, output, force=force, quiet=quiet, strict=strict)
        return
    adopted = _adopt(spec, output, strict, format_) if adopt else {}
    compiled = _compile(spec, output, force, strict, adopted)
    show(compiled.diagnostics, format_)
    if compiled.failed or compiled.written is None or compiled.plan is None or compiled.output is None:
        sys.exit(exit_code(compiled.diagnostics))
    if not quiet and format_ == "text":
        from mlkc.report.notes import notes  # noqa: PLC0415
        from mlkc.report.written import summary  # noqa: PLC0415

        click.echo(summary(compiled.written), nl=False)
        if compiled.written.changed:
            click.echo(notes(compiled.plan, compiled.output, str(output)), nl=False)


def _compile(spec: Path, output: Path, force: bool, strict: bool, adopted: Owned) -> Compiled:
    """Forks the process with the checks before anything else is imported; no collector for lives so short."""
    gc.disable()
    with Ahead() if SUPPORTED else nullcontext() as ahead:
        from mlkc.app.compile import compile_spec  # noqa: PLC0415  `mlkc compile --help` needs no compiler

        return compile_spec(spec, str(spec), output, force=force, strict=strict, ahead=ahead, adopted=adopted)


def _adopt(spec: Path, output: Path, strict: bool, format_: str) -> Owned:
    """Writes the edits of generated files into the spec; ends the program if one can't be."""
    from mlkc.app.adopt import adopt  # noqa: PLC0415  only when it is asked for
    from mlkc.cli.output import write_spec  # noqa: PLC0415

    found = adopt(spec, str(spec), output, strict=strict)
    if found.failed:
        show(found.diagnostics, format_)
        sys.exit(exit_code(found.diagnostics))
    if found.adopted and not write_spec(spec, found.before, found.after):
        sys.exit(EXIT_BUG)
    if format_ == "text":
        for patch in found.patches:
            click.echo(f"{spec}: the edit of {patch} is a patch now")
    return found.adopted
