"""`mlkc blame`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from mlkc.cli.output import exit_code, reporting, show

_TOOLS = ("hadolint", "kubeconform", "kube-linter", "kubectl")


@click.command()
@click.argument("report", type=click.File("rb"), default="-", metavar="[FILE]")
@click.option("--tool", type=click.Choice(_TOOLS), required=True, help="Whose report it is.")
@click.option("--spec", type=click.Path(path_type=Path), help="The spec; specs/mlflow.yaml, or the only one.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder that holds the outputs; the current one if left out.",
)
@click.option(
    "--overlay", default="", metavar="NAME", help="The overlay that the tool was run on, if only one."
)
@reporting
def command(  # noqa: PLR0913, PLR0917  each is an option, given by name
    report: BinaryIO, tool: str, spec: Path | None, output: Path, overlay: str, strict: bool, format_: str
) -> None:
    r"""Say on which line of the spec to mend what another tool finds in the outputs.

    \b
    hadolint --format json images/*/Dockerfile | mlkc blame --tool hadolint
    kubectl kustomize overlays/prod | kubeconform -output json | mlkc blame --tool kubeconform --overlay prod
    kubectl kustomize overlays/prod | kube-linter lint --format json - | mlkc blame --tool kube-linter --overlay prod
    kubectl apply -k overlays/prod 2>&1 | mlkc blame --tool kubectl --overlay prod

    The exit code is 1 when one of the findings is an error; kube-linter's are warnings.
    """
    from mlkc.app.blame import Report, blame  # noqa: PLC0415  `mlkc blame --help` needs no compiler
    from mlkc.cli.why import only_spec  # noqa: PLC0415

    where = spec or only_spec()
    environment = overlay.rstrip("/").rpartition("/")[2]
    found = blame(where, str(where), output, Report(tool, report.read(), environment), strict=strict)
    if found.problem:
        raise click.UsageError(found.problem)
    show(found.diagnostics, format_)
    sys.exit(exit_code(found.diagnostics))
