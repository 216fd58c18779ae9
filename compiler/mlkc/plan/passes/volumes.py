"""Volume claims: the notebook's, and what an environment may not change about any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import codes, fact_codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Label
from mlkc.plan.passes.written import written
from mlkc.plan.pods import StoragePlan
from mlkc.text import quantity
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.plan.stack import StackPlan
    from mlkc.source.tree import SourceTree
    from mlkc.spec.parsed import ParsedSpec
    from mlkc.spec.server import Client
    from mlkc.spec.stack import Settings

_HOME: SpecPath = ("client", "storage")
_DATA: SpecPath = ("database", "storage")
_DUMPS: SpecPath = ("database", "backup")


def resolve_home(client: Client, stack: str) -> StoragePlan | None:
    """The claim of the notebook's home folder, if it has one.

    Args:
        client: the section.
        stack: name of the stack.
    """
    home = client.storage
    return StoragePlan(home.claim or f"{stack}-home", home.size, home.class_name) if home else None


def check_volumes(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses what would lose data or could not be applied: a smaller claim, another name, a room of no use."""
    yield from _idle_workspace((), spec.stack, spec.tree)
    shared = _sizes(spec.stack)
    for environment in spec.environments:
        root, settings = ("environments", environment.name), environment.settings
        yield from _idle_workspace(root, settings, spec.tree)
        for setting, wanted in _sizes(settings).items():
            if setting in shared and spec.tree.has((*root, *setting, "size")):
                yield from _shrinking(environment.name, setting, shared[setting], wanted, spec.tree)
        yield from _renamed(root, spec.stack.client, settings.client, spec.tree)


def check_home(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a home folder on a claim that is another's.

    Args:
        environment: whose stack it is.
        stack: the environment's stack.
        tree: the spec's file.
    """
    database, home = stack.database, stack.client.home if stack.client else None
    if home is None:
        return
    others = (
        ("the database's data", database.server.storage if database.server else database.volume),
        ("the dumps", database.backup.claim if database.backup else None),
    )
    for what, claim in others:
        if claim is not None and claim.claim == home.claim:
            yield output_codes.DUPLICATE_OBJECT.at(
                InSpec(written(tree, environment, *_HOME, "claim")),
                f"`{home.claim}` would be the claim of the home folder and of {what}",
                help="give one of the two another name",
            )


def _sizes(settings: Settings) -> dict[SpecPath, str]:
    """The size of each claim, by its section."""
    database, client = settings.database, settings.client
    found: dict[SpecPath, str] = {}
    if database.external is None:
        found[_DATA] = database.storage.size
    if database.backup is not None and database.backup.to == "volume":
        found[_DUMPS] = database.backup.size
    if client.enabled and client.storage is not None:
        found[_HOME] = client.storage.size
    return found


def _shrinking(
    environment: str, setting: SpecPath, base: str, wanted: str, tree: SourceTree
) -> Iterator[Diagnostic]:
    if (quantity.parse(wanted) or 0) >= (quantity.parse(base) or 0):
        return
    size = (*setting, "size")
    yield codes.SHRINKING_VOLUME.at(
        InSpec(("environments", environment, *size)),
        f"`{environment}` asks for a volume of {wanted}, the base for {base}",
        related=(Label(InSpec(size), "the base's size"),) if tree.has(size) else (),
        notes=("the API server refuses to make a bound claim smaller",),
        help=f"write the smallest size at the top and larger ones in the environments, or `{base}` here",
    )


def _renamed(root: SpecPath, shared: Client, own: Client, tree: SourceTree) -> Iterator[Diagnostic]:
    """A claim that the base has keeps its name: `database.storage.claim` is refused in every environment."""
    claim = (*root, *_HOME, "claim")
    if shared.enabled and shared.storage and own.storage and own.storage.claim != shared.storage.claim:
        yield codes.FIXED_FOR_ALL_ENVIRONMENTS.at(
            InSpec(claim if tree.has(claim) else claim[:-1], key=True),
            "`client.storage.claim` can't differ between environments",
            notes=("an overlay can change an object of the base, not rename it",),
            help="write it once, at the top of the spec",
        )


def _idle_workspace(root: SpecPath, settings: Settings, tree: SourceTree) -> Iterator[Diagnostic]:
    """The notebook has one home folder, which is on the claim or goes with the pod."""
    workspace = (*root, "client", "workspace")
    if settings.client.enabled and settings.client.storage is not None and tree.has(workspace):
        yield fact_codes.IDLE_SETTING.at(
            InSpec(workspace, key=True),
            "`client.workspace` has no effect: the home folder is on the volume of `client.storage`",
            help="delete it; the room is `client.storage.size`",
        )
