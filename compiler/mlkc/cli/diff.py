"""`mlkc diff`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlkc.cli.output import EXIT_ERRORS, exit_code, show
from mlkc.cli.several import HELP, each, jobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlkc.app.diff import Diff
    from mlkc.cli.several import Job

_EFFECTS = ("metadata", "image", "restart", "downtime", "access", "data", "refused")


def _effects(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    for name in names:
        if name not in _EFFECTS:
            raise click.BadParameter(f"{name} is none of {', '.join(_EFFECTS)}", ctx, param)
    return names


@click.command()
@click.argument("specs", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SPEC…")
@click.option(
    "--against",
    default=".",
    metavar="DIR|git:REV[:DIR]",
    help="What to compare with: a folder with base/ and overlays/ (the current one), a revision of it, or of another "
    f"one by git:REV:DIR. {HELP}",
)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json", "html"]), default="text")
@click.option(
    "--fail-on",
    callback=_effects,
    metavar="EFFECT,…",
    help=f"Exit with 1 if a change has one of these effects: {', '.join(_EFFECTS)}.",
)
def command(specs: tuple[Path, ...], against: str, format_: str, fail_on: tuple[str, ...]) -> None:
    """Say what a spec would change in the running stack, field by field, with the cause and the effect of each change.

    What is compared is what Kustomize renders, so a field that only moves between base and overlay shows nothing.
    Nothing is written, no cluster is asked, and values of secrets are never shown.
    """
    from mlkc.app.diff import diff  # noqa: PLC0415  `mlkc diff --help` needs no compiler

    found = jobs(specs, Path(against))
    if format_ == "html" and len(found) > 1:
        raise click.UsageError("--format html takes one spec")
    code = 0
    good: list[tuple[Job, Diff]] = []
    for job, result in each(found, lambda spec, place: diff(spec, str(spec), str(place))):
        code = max(code, exit_code(result.diagnostics), EXIT_ERRORS if result.problem else 0)
        if exit_code(result.diagnostics):
            show(result.diagnostics)
        elif result.problem:
            click.echo(f"Error: {result.problem}", err=True)
        else:
            good.append((job, result))
    if good:
        _tell(good, format_, len(found))
    if any(str(change.effect) in fail_on for _, result in good for change in result.changes):
        code = max(code, EXIT_ERRORS)
    sys.exit(code)


def _tell(good: Sequence[tuple[Job, Diff]], format_: str, count: int) -> None:
    from mlkc.report import diff as report  # noqa: PLC0415

    if format_ == "json":
        click.echo(report.as_json([(str(spec), result.changes) for (spec, _), result in good]), nl=False)
        return
    for (spec, against), result in good:
        title = f"{spec} against {against}"
        if format_ == "markdown":
            limit = report.MARKDOWN_LIMIT // count
            click.echo(report.markdown(result.changes, title, limit), nl=False)
        elif format_ == "html":
            from mlkc.report import diff_html  # noqa: PLC0415  it holds a whole page

            click.echo(diff_html.page(result.changes, result.environments, title).encode("ascii"), nl=False)
        else:
            click.echo((f"{title}:\n" if count > 1 else "") + report.text(result.changes), nl=False)
