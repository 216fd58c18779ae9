"""Where the Secrets come from, and what that way needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.passes.written import written
from mlkc.plan.secret import SecretOrigin
from mlkc.plan.stack import StackPlan
from mlkc.source.tree import SourceTree
from mlkc.spec.parsed import ParsedSpec
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.secrets import Secrets

# A setting of `secrets` → the one strategy that reads it.
_READ_BY = {
    "store": "external",
    "storeKind": "external",
    "path": "external",
    "refresh": "external",
    "sealed": "sealed",
}


def resolve_secrets(secrets: Secrets, name: str) -> SecretOrigin:
    """Resolves the section.

    Args:
        secrets: the section.
        name: name of the stack, which is also the folder in a store unless the spec names one.
    """
    return SecretOrigin(
        strategy=secrets.strategy,
        store=secrets.store,
        store_kind=secrets.store_kind,
        path=secrets.path or name,
        refresh=secrets.refresh,
        sealed=tuple(sorted(secrets.sealed.items())),
    )


def check_secret_settings(spec: ParsedSpec) -> Iterator[Diagnostic]:
    """Refuses settings that no strategy in force reads."""
    strategies = {one.name: one.settings.secrets.strategy for one in spec.environments}
    for setting, reader in _READ_BY.items():
        places: dict[SpecPath, set[str]] = {("secrets", setting): set(strategies.values())}
        for name, strategy in strategies.items():
            places["environments", name, "secrets", setting] = {strategy}
        for path, found in places.items():
            if spec.tree.written(path) and reader not in found:
                yield codes.IDLE_SETTING.at(
                    InSpec(path, key=True),
                    f"`secrets.{setting}` has no effect: it is for the strategy `{reader}`",
                    notes=(f"the strategy here is {' or '.join(f'`{one}`' for one in sorted(found))}",),
                    help=f"write `strategy: {reader}`, or delete it",
                )


def check_secrets(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses an environment whose Secrets would not come to be."""
    origin = stack.secret_origin
    if origin.strategy == "external" and origin.store is None:
        yield codes.MISSING_SECRET_STORE.at(
            InSpec(written(tree, environment, "secrets", "strategy")),
            f"`{environment}` gets its passwords from a secret store, and none is named",
            help="write `secrets.store`, the name of a SecretStore in the namespace, or of a ClusterSecretStore with "
            "`storeKind: ClusterSecretStore`",
        )
    if origin.strategy == "sealed":
        yield from _unsealed(environment, stack, tree)


def _unsealed(environment: str, stack: StackPlan, tree: SourceTree) -> Iterator[Diagnostic]:
    given = dict(stack.secret_origin.sealed)
    needed = {key: secret.secret for secret in stack.secrets for key in secret.keys}
    missing = [key for key in needed if key not in given]
    for key in missing:
        seal = f"kubeseal --raw --namespace {stack.namespace} --name {needed[key]} --from-file /dev/stdin"
        yield codes.MISSING_SEALED_VALUE.at(
            InSpec(written(tree, environment, "secrets", "sealed" if given else "strategy"), key=bool(given)),
            f"`{environment}` has no sealed value of {key}",
            notes=("a value is sealed for one namespace and one Secret of one cluster",),
            help=f"write what this prints under `secrets.sealed.{key}`: printf %s PASSWORD | {seal}",
        )
    for key in given:
        own: SpecPath = ("environments", environment, "secrets", "sealed", key)
        if key not in needed and tree.written(own):
            yield codes.IDLE_SETTING.at(
                InSpec(own, key=True),
                f"no Secret of `{environment}` has a key `{key}`",
                help=f"the keys are {', '.join(needed)}",
            )
