"""`mlkc explain`."""

from __future__ import annotations

import sys

import click

from mlkc.cli.output import EXIT_USAGE


@click.command()
@click.argument("topic", required=False)
def command(topic: str | None) -> None:
    r"""Explain a code, or a setting of the spec; without a topic, list all codes.

    \b
    mlkc explain MK331
    mlkc explain ingress-without-tls
    mlkc explain database.storage.size
    """
    from mlkc.app.manual import explain, listing, nearest  # noqa: PLC0415  `--help` needs none of it

    if topic is None:
        click.echo(listing(), nl=False)
        return
    text = explain(topic)
    if text is None:
        guess = nearest(topic)
        click.echo(f"mlkc: `{topic}` is neither a code nor a setting of the spec", err=True)
        click.echo(
            f"mlkc: did you mean `{guess}`?" if guess else "mlkc: `mlkc explain` lists the codes", err=True
        )
        sys.exit(EXIT_USAGE)
    click.echo(text, nl=False)
