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
    metavar="DIR|git:REV[:DIR]|cluster",
    help="What to compare with: a folder with base/ and overlays/ (the current one), a revision of it, or of another "
    f"one by git:REV:DIR, or what clusters have. {HELP}",
)
@click.option(
    "--context",
    "contexts",
    multiple=True,
    metavar="[ENV=]CONTEXT",
    help="With --against cluster: the kubeconfig's context of an environment's cluster; only the environments that "
    "are named are compared. Without it each is compared in the context of its own name.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="With --against cluster: folder of the outputs, whose local secret files are compared; the current one if "
    "left out.",
)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json", "html"]), default="text")
@click.option(
    "--fail-on",
    callback=_effects,
    metavar="EFFECT,…",
    help=f"Exit with 1 if a change has one of these effects: {', '.join(_EFFECTS)}.",
)
def command(
    specs: tuple[Path, ...],
    against: str,
    contexts: tuple[str, ...],
    output: Path,
    format_: str,
    fail_on: tuple[str, ...],
) -> None:
    """Say what a spec would change in the running stack, field by field, with the cause and the effect of each change.

    What is compared is what Kustomize renders, so a field that only moves between base and overlay shows nothing.
    Nothing is written, a cluster is asked only with `--against cluster`, and values of secrets are never shown.
    """
    from mlkc.app.diff import diff  # noqa: PLC0415  `mlkc diff --help` needs no compiler

    clusters = against == "cluster"
    if contexts and not clusters:
        raise click.UsageError("--context goes with --against cluster")
    found = jobs(specs, output if clusters else Path(against))
    if format_ == "html" and len(found) > 1:
        raise click.UsageError("--format html takes one spec")
    code = 0
    good: list[tuple[Job, Diff]] = []

    def work(spec: Path, place: Path) -> Diff:
        if clusters:
            return diff(spec, str(spec), against, contexts, place)
        return diff(spec, str(spec), str(place), folder=output)

    for job, result in each(found, work):
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

    for _, result in good:
        show(result.notices)
    if format_ == "json":
        click.echo(
            report.as_json(
                [(str(spec), result.changes) for (spec, _), result in good],
                [(str(spec), edit) for (spec, _), result in good for edit in result.edits],
                [(str(spec), line) for (spec, _), result in good for line in result.unread],
            ),
            nl=False,
        )
        return
    for (spec, _), result in good:
        title = f"{spec} against {result.against}"
        if format_ == "markdown":
            limit = report.MARKDOWN_LIMIT // count
            comment = report.markdown(result.changes, title, limit, edits=result.edits, unread=result.unread)
            click.echo(comment, nl=False)
        elif format_ == "html":
            from mlkc.report import diff_html  # noqa: PLC0415  it holds a whole page

            page = diff_html.page(result.changes, result.environments, title, result.edits, result.unread)
            click.echo(page.encode("ascii"), nl=False)
        else:
            head = f"{title}:\n" if count > 1 else ""
            click.echo(head + report.text(result.changes, result.edits), nl=False)
