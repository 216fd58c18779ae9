"""The database server's variables: those that the stack sets itself."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.database import DatabaseServerPlan
from mlkc.plan.passes.written import written
from mlkc.source.tree import SourceTree


def check_config(environment: str, server: DatabaseServerPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses variables that are not the user's.

    Args:
        environment: whose server it is.
        server: the server.
        tree: the spec's file.
    """
    from mlkc.catalog.server_options import owned  # noqa: PLC0415  few stacks set variables

    for name, _ in server.config:
        row = owned(name, server.engine)
        if row is None:
            continue
        shown = f"`{name}`" if name == row.option else f"`{name}`, to the server `{row.option}`,"
        yield codes.DERIVED_PROPERTY.at(
            InSpec(written(tree, environment, "database", "config", name), key=True),
            f"{shown} is not the spec's to set: {row.reason}",
            help="delete it",
        )
