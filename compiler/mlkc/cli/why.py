"""`mlkc why`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mlkc.cli.output import exit_code, show
from mlkc.diag.diagnostic import Diagnostic

_USUAL = Path("specs/mlflow.yaml")


@click.command()
@click.argument("question", nargs=-1, required=True, metavar="PATH[:LINE] | OVERLAY KIND/NAME [FIELD]")
@click.option("--spec", type=click.Path(path_type=Path), help="The spec; specs/mlflow.yaml, or the only one.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder that holds the outputs; the current one if left out.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def command(question: tuple[str, ...], spec: Path | None, output: Path, format_: str) -> None:
    r"""Say why a line of an output, or a field that Kustomize renders, is what it is.

    \b
    mlkc why overlays/prod/kustomization.yaml:12
    mlkc why images/server/Dockerfile
    mlkc why overlays/prod Deployment/mlflow spec.template.spec.containers[0].image

    The answer is a line of the spec, a default or a rule. Without a line number every line of the file is shown
    behind its place in the spec.
    """
    where = spec or only_spec()
    if len(question) == 1:
        _of_file(where, output, question[0], format_)
    elif len(question) <= 3:
        _of_field(where, question, format_)
    else:
        raise click.UsageError("ask about PATH[:LINE], or about OVERLAY KIND/NAME FIELD")


def _of_file(spec: Path, output: Path, question: str, format_: str) -> None:
    from mlkc.app.why import why  # noqa: PLC0415  `mlkc why --help` needs no compiler
    from mlkc.report import why as report  # noqa: PLC0415

    match = re.fullmatch(r"(.+?):(\d+)(?::\d+)?", question)
    path, line = (match[1], int(match[2])) if match else (question, None)
    found = why(spec, str(spec), output, path, line)
    _stop_on_errors(found.diagnostics, found.problem, answered=bool(found.answers))
    if found.stale:
        click.echo(f"{path} is not what {spec} compiles to now; see mlkc check", err=True)
    if format_ == "json":
        click.echo(report.as_json(found.answers), nl=False)
    elif line is None:
        click.echo(report.annotated(found.answers), nl=False)
    else:
        click.echo(report.chain(found.answers[0]), nl=False)


def _of_field(spec: Path, question: tuple[str, ...], format_: str) -> None:
    from mlkc.app.why_object import why_field  # noqa: PLC0415
    from mlkc.report import why as report  # noqa: PLC0415

    overlay, object_, *field = question
    found = why_field(spec, str(spec), overlay, object_, field[0] if field else "")
    _stop_on_errors(found.diagnostics, found.problem, answered=found.reason is not None)
    click.echo(report.rendered_as_json(found) if format_ == "json" else report.rendered(found), nl=False)


def _stop_on_errors(diagnostics: Sequence[Diagnostic], problem: str, *, answered: bool) -> None:
    if problem:
        raise click.UsageError(problem)
    if not answered:
        show(diagnostics)
        sys.exit(exit_code(diagnostics))


def only_spec() -> Path:
    """Returns the spec that is meant where none is named."""
    if _USUAL.exists():
        return _USUAL
    found = sorted(Path("specs").glob("*.yaml"))
    if len(found) != 1:
        raise click.UsageError("say which spec with --spec")
    return found[0]
