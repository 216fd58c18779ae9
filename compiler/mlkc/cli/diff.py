"""`mlkc diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlkc.cli.output import EXIT_ERRORS, exit_code, show

_EFFECTS = ("metadata", "image", "restart", "downtime", "access", "data", "refused")


def _effects(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    for name in names:
        if name not in _EFFECTS:
            raise click.BadParameter(f"{name} is none of {', '.join(_EFFECTS)}", ctx, param)
    return names


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option(
    "--against",
    default=".",
    metavar="DIR|git:REV",
    help="What to compare with: a folder with base/ and overlays/ (the current one), or a revision of it.",
)
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json", "html"]), default="text")
@click.option(
    "--fail-on",
    callback=_effects,
    metavar="EFFECT,…",
    help=f"Exit with 1 if a change has one of these effects: {', '.join(_EFFECTS)}.",
)
def command(spec: Path, against: str, format_: str, fail_on: tuple[str, ...]) -> None:
    """Say what a spec would change in the running stack, field by field, with the cause and the effect of each change.

    What is compared is what Kustomize renders, so a field that only moves between base and overlay shows nothing.
    Nothing is written, no cluster is asked, and values of secrets are never shown.
    """
    from mlkc.app.diff import diff  # noqa: PLC0415  `mlkc diff --help` needs no compiler
    from mlkc.report import diff as report  # noqa: PLC0415

    found = diff(spec, str(spec), against)
    code = exit_code(found.diagnostics)
    if code:
        show(found.diagnostics)
        sys.exit(code)
    if found.problem:
        raise click.ClickException(found.problem)
    if format_ == "json":
        click.echo(report.as_json(found.changes), nl=False)
    elif format_ == "markdown":
        click.echo(report.markdown(found.changes, f"{spec} against {against}"), nl=False)
    elif format_ == "html":
        from mlkc.report import diff_html  # noqa: PLC0415  it holds a whole page

        title = f"{spec} against {against}"
        click.echo(diff_html.page(found.changes, found.environments, title).encode("ascii"), nl=False)
    else:
        click.echo(report.text(found.changes), nl=False)
    if any(str(change.effect) in fail_on for change in found.changes):
        sys.exit(EXIT_ERRORS)
