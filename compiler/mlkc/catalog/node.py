"""Node.js: the image that MLflow's UI is built in."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog import version as versions
from mlkc.catalog.source import Source


class Node(Struct, frozen=True):
    """The Node.js for some releases of MLflow.

    Attributes:
        series: the major, `16`.
        image: the official image, which has npm and yarn.
        mlflow_below: exclusive cap on MLflow's version; None for the newest.
    """

    series: str
    image: str
    mlflow_below: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_ACTION: Final = Source(
    "read",
    "mlflow/mlflow .github/actions/setup-node (24 in 2026) and its UI's lock files; not built",
    "2026-11",
)

# fmt: off
IMAGES: Final = (
    Node("16", "node:16.20.2-bullseye-slim", "3",  _ACTION, ("series", "mlflow_below")),
    Node("24", "node:24-bookworm-slim",      None, _ACTION, ("mlflow_below",)),
)
# fmt: on


def for_mlflow(version: str) -> Node:
    """Finds the Node.js that builds a release's UI."""
    fits = (row for row in IMAGES if row.mlflow_below is None or versions.below(version, row.mlflow_below))
    return next(fits)
