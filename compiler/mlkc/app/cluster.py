"""A stack as a cluster has it, to compare with the one that a spec renders."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from mlkc.app import notice
from mlkc.app.context import bind
from mlkc.app.live import Found, Kubectl, LiveError, items
from mlkc.app.restrict import restricted
from mlkc.app.snapshot import RenderedOverlay, Snapshot, rendered
from mlkc.app.why import Compiled
from mlkc.check import tree
from mlkc.check.kustomize.documents import without_hashes
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.reader import read
from mlkc.check.kustomize.rendering import PLACEHOLDER
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import EnvironmentPlan

_MANAGED: Final = "app.kubernetes.io/managed-by"
_INSTANCE: Final = "app.kubernetes.io/instance"
_SAME: Final = base64.b64encode(PLACEHOLDER.encode()).decode()
# Stands for a value that is not the wanted one; neither is ever shown.
_ANOTHER: Final = "another"

Key = tuple[str, str]


class AgainstCluster(Struct, frozen=True):
    """Both sides of a comparison.

    Attributes:
        old: what the clusters have of the environments that are compared.
        new: what the spec renders for them, without what could not be read.
        contexts: environment → context.
        notices: what could not be compared; with an error there is nothing to compare.
    """

    old: Snapshot
    new: Snapshot
    contexts: Mapping[str, str]
    notices: tuple[Diagnostic, ...]


def of_cluster(found: Compiled, given: Iterable[str], folder: Path) -> AgainstCluster:
    """Reads what clusters have of a stack.

    Args:
        found: what the spec compiles to.
        given: the contexts that the user names, as `mlkc.app.context.bind` takes them.
        folder: the output folder, whose local secret files are compared with the Secrets.

    Raises:
        SnapshotError: an overlay can't be rendered.
    """
    nothing = Snapshot({}, {})
    program = find_kubectl()
    if program is None:
        return AgainstCluster(nothing, nothing, {}, (notice.no_kubectl(),))
    try:
        known = Kubectl(program).contexts()
    except LiveError as error:
        return AgainstCluster(nothing, nothing, {}, (notice.no_answer(error),))
    environments = {environment.name: environment for environment in found.plan.environments}
    contexts, notices = bind(tuple(environments), given, known)
    if notices:
        return AgainstCluster(nothing, nothing, contexts, notices)
    overlays = rendered(found)
    old, new = dict[str, Any](), dict[str, Any]()
    for name, context in contexts.items():
        asked = _Environment(
            environments[name], overlays[name], Kubectl(program, context), _values(found, folder)
        )
        try:
            old[name], new[name] = asked.sides()
        except LiveError as error:
            notices += (notice.no_answer(error, name, context),)
        notices += tuple(asked.notices)
    return AgainstCluster(Snapshot(old, {}), Snapshot(new, {}), contexts, notices)


class _Environment:
    """One environment and its cluster."""

    def __init__(
        self,
        environment: EnvironmentPlan,
        overlay: RenderedOverlay,
        kubectl: Kubectl,
        values: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.environment = environment
        self.overlay = overlay
        self.kubectl = kubectl
        self.values = values
        self.notices: list[Diagnostic] = []

    def sides(self) -> tuple[Mapping[Key, Any], Mapping[Key, Any]]:
        """Returns the objects of the cluster and those of the spec, as they can be compared.

        Raises:
            LiveError: the cluster does not answer, or lets nobody read anything.
        """
        stack = self.environment.stack
        wanted = self.overlay.objects
        space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": stack.namespace}}
        bodies = [body for body in read(self.overlay.text) if isinstance(body, dict)]
        if ("Namespace", stack.namespace) not in wanted:
            bodies.append(space)
        named = self.kubectl.get(bodies)
        if named.nothing_read:
            raise notice.forbidden(named, stack.namespace)
        labelled = self.kubectl.labelled(stack.namespace, {_MANAGED: "mlkc", _INSTANCE: stack.name})
        live = self._live((named, labelled))
        unread = {key for key in wanted if _refused(key, named)}
        self._tell(named, labelled, unread, live)
        new = {key: body for key, body in wanted.items() if key not in unread}
        old = {key: self._comparable(body, live[key]) for key, body in new.items() if key in live}
        ours = {*wanted, ("Namespace", stack.namespace)}
        left = {key: body for key, body in live.items() if key not in ours and _is_left(body)}
        return {**old, **left}, new

    def _live(self, answers: Sequence[Found]) -> Mapping[Key, Any]:
        """The objects that were found; of the copies of a generated one that which the pods use, else the newest."""
        pods = str([body.get("spec") for answer in answers for body in items(answer.text)])
        copies: dict[Key, list[tuple[bool, str, Any]]] = {}
        for answer in answers:
            plain = items(without_hashes(answer.text, self.overlay.generated))
            for body, as_named in zip(plain, items(answer.text), strict=True):
                name = tree.text(as_named, "metadata", "name")
                age = tree.text(body, "metadata", "creationTimestamp")
                key = tree.text(body, "kind"), tree.text(body, "metadata", "name")
                copies.setdefault(key, []).append((f"'{name}'" in pods, age, body))
        return {key: max(found, key=lambda one: one[:2])[2] for key, found in copies.items()}

    def _comparable(self, wanted: Any, live: Any) -> Any:
        found = restricted(wanted, live)
        if wanted.get("kind") == "Secret":
            values = self.values.get(f"{self.environment.name}/{wanted['metadata']['name']}", {})
            found["data"] = {
                key: _secret(key, value, values) for key, value in (found.get("data") or {}).items()
            }
        return found

    def _tell(self, named: Found, labelled: Found, unread: Iterable[Key], live: Mapping[Key, Any]) -> None:
        name, stack = self.environment.name, self.environment.stack
        context = self.kubectl.context or ""
        if named.unserved:
            self.notices.append(notice.unserved(name, context, named.unserved))
        said = notice.unread(name, context, sorted(unread), labelled)
        if said is not None:
            self.notices.append(said)
        space = "Namespace", stack.namespace
        if space not in live and not _refused(space, named):
            self.notices.append(notice.no_namespace(name, context, stack.namespace))
        unknown = [
            secret.secret
            for secret in stack.secrets
            if ("Secret", secret.secret) in live
            and stack.secret_origin.local
            and not self.values.get(f"{name}/{secret.secret}")
        ]
        if unknown:
            self.notices.append(notice.no_values(name, unknown))


def _values(found: Compiled, folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The values of the local secret files, in Base64, by environment and name of the Secret."""
    values: dict[str, Mapping[str, str]] = {}
    for local in found.output.secrets:
        environment = local.path.split("/")[1]
        try:
            text = (folder / local.path).read_text("utf-8")
        except (OSError, ValueError):
            continue
        values[f"{environment}/{local.secret.secret}"] = dict(_pairs(text))
    return values


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Reads an env file as Kustomize does (api/kv/kv.go): blanks before a key don't count, quotes are of the value."""
    for line in text.removeprefix("\ufeff").split("\n"):
        key, equals, value = line.removesuffix("\r").lstrip().partition("=")
        if equals and not key.startswith("#"):
            yield key, base64.b64encode(value.encode()).decode()


def _secret(key: str, live: Any, values: Mapping[str, str]) -> str:
    """Stands for a value of a Secret: the spec's placeholder where it is the local value, or where that is unknown."""
    return _SAME if live == values.get(key, live) else _ANOTHER


def _refused(key: Key, answer: Found) -> bool:
    kind, name = key
    return any(
        name == named and resource.startswith(kind.lower()[:-1]) for resource, named in answer.forbidden
    )


def _is_left(body: Mapping[str, Any]) -> bool:
    """Tells whether an object is one that was applied, and not one that a controller made."""
    return not tree.get(body, ("metadata", "ownerReferences"))
