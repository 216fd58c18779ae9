"""`mlkc compile`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlkc.cli.once import run, tell
from mlkc.cli.output import EXIT_BUG, exit_code, reporting, show
from mlkc.cli.several import HELP, each, jobs

if TYPE_CHECKING:
    from mlkc.app.compile import Compiled
    from mlkc.diag.diagnostic import Diagnostic
    from mlkc.write.manifest import Owned


@click.command()
@click.argument("specs", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SPEC…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help=f"Output folder; the current one if left out. {HELP}",
)
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited by hand.")
@click.option("--adopt", is_flag=True, help="Turn edits of generated files into patches in the spec.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--watch", "watching", is_flag=True, help="Compile again at each save, until Ctrl-C.")
@reporting
def command(  # noqa: PLR0913, PLR0917  each is an option, given by name
    specs: tuple[Path, ...],
    output: Path,
    force: bool,
    adopt: bool,
    quiet: bool,
    watching: bool,
    strict: bool,
    format_: str,
) -> None:
    """Compile a spec, or several, into base/, overlays/ and images/.

    Everything is validated before a byte is written: the spec, every object, and every overlay as Kustomize renders
    it. On an error nothing is written and every problem is shown.
    """
    if adopt and (force or watching):
        raise click.UsageError("--adopt goes with neither --force nor --watch")
    found = jobs(specs, output)
    spec, output = found[0]
    if (adopt or watching) and len(found) > 1:
        raise click.UsageError("--adopt and --watch take one spec")
    if watching:
        if format_ != "text":
            raise click.UsageError("--watch goes with --format text only")
        from mlkc.cli.watch import watch  # noqa: PLC0415  a single compile needs none of it

        watch(spec, output, force=force, quiet=quiet, strict=strict)
        return
    adopted = _adopt(spec, output, strict, format_) if adopt else {}

    def work(one: Path, folder: Path) -> Compiled:
        return run(one, folder, force=force, strict=strict, adopted=adopted)

    said: tuple[Diagnostic, ...] = ()
    for job, compiled in each(found, work):
        said += compiled.diagnostics
        if format_ == "text":
            show(compiled.diagnostics)
            if not quiet:
                tell(compiled, job[1], f"{job[0]}: " if len(found) > 1 else "")
    if format_ != "text":
        show(said, format_)
    sys.exit(exit_code(said))


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
