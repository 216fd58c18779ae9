"""Lists that name something twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.source.tree import SourceTree
    from mlkc.spec.parsed import ParsedSpec

# The server takes one entry of each, or the second adds nothing. Of `networkPolicies` it is every list.
_POLICIES = "networkPolicies"
_LISTS: tuple[SpecPath, ...] = (
    ("images", "pullSecrets"),
    ("server", "spread"),
    ("server", "service", "hosts"),
    ("hdfs", "nameNodes"),
    ("hdfs", "kerberos", "kdc"),
)


def check_repeated(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses an entry of a list that stands in it already."""
    places: list[SpecPath] = [(), *(("environments", one.name) for one in spec.environments)]
    for place in places:
        policies = _at(spec.tree, (*place, _POLICIES)) or {}
        for setting in (*_LISTS, *((_POLICIES, name) for name in policies)):
            yield from _repeated(spec.tree, (*place, *setting))


def _at(tree: SourceTree, path: SpecPath) -> Any:
    """What the file says at a path; None where it says nothing."""
    found: Any = tree.data if tree.has(path) else None
    for part in path if found is not None else ():
        found = found[part]
    return found


def _repeated(tree: SourceTree, path: SpecPath) -> Iterator[Diagnostic]:
    first: dict[Any, int] = {}
    for index, entry in enumerate(_at(tree, path) or ()):
        if entry in first:
            yield codes.REPEATED_ENTRY.at(
                InSpec((*path, index)),
                f"`{entry}` stands in `{path[-1]}` twice",
                related=(Label(InSpec((*path, first[entry])), "the first one"),),
                help="delete one of the two",
            )
        first.setdefault(entry, index)
