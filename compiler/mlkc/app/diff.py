"""The use case behind `mlkc diff`: what a spec would change in a stack, with the causes and the effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.cause import first_line, image_itself, inside, line_reason, only_rebuilt
from mlkc.app.cipher import Ciphers, with_ciphers
from mlkc.app.compare import FieldChange, compare
from mlkc.app.edits import Edit, edits_in
from mlkc.app.effect import verdict
from mlkc.app.explain import Explainer, Reason
from mlkc.app.shown import pair
from mlkc.app.snapshot import Snapshot, SnapshotError, of_folder, of_output, of_revision
from mlkc.app.terms import component, term
from mlkc.app.why import Compiled, compiled
from mlkc.app.why_object import Overlay
from mlkc.catalog.effects import Effect
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.locate import locate
from mlkc.plan.plan import EnvironmentPlan

CLUSTER = "cluster"
_GIT = "git:"


class Change(Struct, frozen=True):
    """One difference.

    Attributes:
        component: the part of the stack.
        environments: those in which it is the same; empty for an image.
        kind, name: the object; the image's folder for an image.
        field: the field's path, `.` between its steps; empty for an object as a whole.
        term: the field in the words of the stack.
        old, new: the values, short and without secrets; empty where there is none.
        action: `added`, `removed` or `changed`.
        effect: what it does to a running stack.
        note: what one should know about that.
        pods: the workloads whose pods are replaced.
        reason: why the new value is what it is; None for an object that is gone.
    """

    component: str
    environments: tuple[str, ...]
    kind: str
    name: str
    field: str
    term: str
    old: str
    new: str
    action: str
    effect: Effect
    note: str
    pods: tuple[str, ...]
    reason: Reason | None


class Diff(Struct, frozen=True):
    """The differences, the worst first.

    Attributes:
        diagnostics: of the spec; with an error there are no changes.
        changes: what differs.
        problem: why there is nothing to compare with; empty if there is.
        environments: the stacks that are compared.
        against: what they are compared with, as a title says it.
        notices: what could not be compared.
        edits: of files of mlkc's in the folder that is compared with, which a compile would neither overwrite nor
            delete.
    """

    diagnostics: tuple[Diagnostic, ...]
    changes: tuple[Change, ...] = ()
    problem: str = ""
    environments: tuple[EnvironmentPlan, ...] = ()
    against: str = ""
    notices: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """What could not be compared, a line each."""
        return tuple("; ".join((notice.message, *notice.notes)) for notice in self.notices)


def diff(
    spec: Path, display_name: str, against: str, contexts: Sequence[str] = (), folder: Path = Path()
) -> Diff:
    """Compares what a spec compiles to with a stack that is there.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it.
        against: a folder with base/, overlays/ and images/, `git:REVISION` of the current one, or `cluster`.
        contexts: of a cluster: `ENVIRONMENT=CONTEXT` of the kubeconfig.
        folder: the output folder, which holds the secret files: with a cluster, the local ones are compared, else
            those that SOPS encrypted.
    """
    diagnostics, found = compiled(spec, display_name)
    if found is None:
        return Diff(diagnostics)
    try:
        if against == CLUSTER:
            return _with_clusters(found, diagnostics, contexts, folder)
        keys = {secret.path: secret.secret.keys for secret in found.output.secrets}
        if against.startswith(_GIT):
            old = of_revision(Path(), against.removeprefix(_GIT), keys)
        else:
            old = of_folder(Path(against), keys)
        new = of_output(found, folder)
        old, new = _with_ciphers(old, new.ciphers), _with_ciphers(new, old.ciphers)
    except SnapshotError as error:
        return Diff(diagnostics, problem=str(error))
    return Diff(
        diagnostics,
        changes(found, old, new),
        environments=found.plan.environments,
        against="the current folder" if Path(against) == Path() else against,
        edits=() if against.startswith(_GIT) else edits_in(Path(against), found.output),
    )


def changes(found: Compiled, old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Compares two stacks.

    Args:
        found: what the spec compiles to.
        old: the stack that is there.
        new: the one that `found` renders to.

    Returns:
        The differences, the worst first.
    """
    images = list(_images(found, old, new))
    because = {change.component: change.reason for change in images}
    return _sorted([*_objects(found, old, new, because), *images])


def _with_ciphers(snapshot: Snapshot, others: Ciphers) -> Snapshot:
    return replace(snapshot, environments=with_ciphers(snapshot.environments, snapshot.ciphers, others))


def _with_clusters(
    found: Compiled, diagnostics: tuple[Diagnostic, ...], contexts: Sequence[str], folder: Path
) -> Diff:
    from mlkc.app.cluster import of_cluster  # noqa: PLC0415  few comparisons need it

    sides = of_cluster(found, contexts, folder)
    notices = locate(sides.notices, found.tree)
    if any(notice.severity is Severity.ERROR for notice in notices):
        return Diff((*diagnostics, *notices))
    environments = tuple(one for one in found.plan.environments if one.name in sides.contexts)
    named = ", ".join(f"{name}: {context}" for name, context in sorted(sides.contexts.items()))
    return Diff(
        diagnostics,
        changes(found, sides.old, sides.new),
        environments=environments,
        against=f"cluster ({named})",
        notices=notices,
    )


def _sorted(found: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(_merged(list(found)), key=_order))


def _order(change: Change) -> tuple[Any, ...]:
    return -change.effect, change.component, change.environments, change.kind, change.name, change.term


def _objects(
    found: Compiled, old: Snapshot, new: Snapshot, images: Mapping[str, Reason | None]
) -> Iterator[Change]:
    environments = {one.name: one for one in found.plan.environments if one.name in new.environments}
    for name in [*environments, *(name for name in old.environments if name not in environments)]:
        before, after = old.environments.get(name, {}), new.environments.get(name, {})
        overlay = Overlay(found, environments[name]) if name in environments else None
        for change in compare(before, after):
            body = after.get((change.kind, change.name))
            reason = overlay.reason(body, inside(change)) if overlay and body else None
            part = component(body or change.old)
            if only_rebuilt(change):
                reason = images.get(part) or image_itself(found, part) or reason
            elif overlay and body and change.kind == "ConfigMap":
                reason = line_reason(found, overlay, change) or reason
            judged = verdict(change, after, before)
            yield Change(
                part,
                (name,),
                change.kind,
                change.name,
                ".".join(change.steps),
                term(change.kind, change.name, change.steps),
                *pair(change.kind, change.steps, change.old, change.new),
                _action(change),
                judged.effect,
                judged.note,
                judged.pods,
                reason,
            )


def _action(change: FieldChange) -> str:
    if change.old is None:
        return "added"
    return "removed" if change.new is None else "changed"


def _images(found: Compiled, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    changed: dict[str, list[str]] = {}
    for path in sorted({*old.images, *new.images}):
        if old.images.get(path) != new.images.get(path) and not found.output.is_provided(path):
            changed.setdefault("/".join(path.split("/")[:2]), []).append(path)
    for folder, paths in changed.items():
        gone = not any(path.startswith(f"{folder}/") for path in new.images)
        names = ", ".join(path.removeprefix(f"{folder}/") for path in paths)
        action = "removed" if gone else "changed" if any(path in old.images for path in paths) else "added"
        yield Change(
            folder.rpartition("/")[2], (), "image", folder, "", "image", "", names, action,
            Effect.NONE if gone else Effect.IMAGE, "", (), None if gone else _image_reason(found, old, paths),
        )  # fmt: skip


def _image_reason(found: Compiled, old: Snapshot, paths: list[str]) -> Reason | None:
    """The setting behind the first line that differs and shows one, else behind the first file."""
    explainer = Explainer(found.plan, found.tree)
    fallback: Reason | None = None
    for path in paths:
        artifact = found.output.get(path)
        if artifact is None:
            continue
        fallback = fallback or explainer.whole(artifact)
        reason = first_line(explainer, artifact, old.images.get(path, b"").decode("utf-8", "replace"))
        if reason is not None:
            return reason
    return fallback


def _merged(changes: list[Change]) -> Iterator[Change]:
    """Tells once what is the same in several environments, unless its cause is another."""
    found: dict[tuple[object, ...], Change] = {}
    for change in changes:
        place = change.reason.place.start if change.reason else None
        key = (
            *(change.kind, change.name, change.field, change.old, change.new),
            change.effect,
            change.pods,
            place,
        )
        before = found.get(key)
        if before is None:
            found[key] = change
        else:
            found[key] = replace(before, environments=(*before.environments, *change.environments))
    yield from found.values()
