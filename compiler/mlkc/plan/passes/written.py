"""Where a setting stands that holds in an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.text.paths import SpecPath


def written(tree: SourceTree, environment: str | None, *setting: str | int) -> SpecPath:
    """Returns its path in the environment, where the file has that; else its path for all environments."""
    own = ("environments", environment or "", *setting)
    return own if tree.has(own) else setting
