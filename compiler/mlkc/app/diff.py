"""The use case behind `mlkc diff`: what a spec would change in a stack, with the causes and the effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.cipher import Ciphers, with_ciphers
from mlkc.app.compare import FieldChange, compare
from mlkc.app.effect import verdict
from mlkc.app.explain import Explainer, Reason
from mlkc.app.snapshot import Snapshot, SnapshotError, of_folder, of_output, of_revision
from mlkc.app.terms import component, pair, term
from mlkc.app.why import Compiled, compiled
from mlkc.app.why_object import Overlay
from mlkc.artifact.lines import lines, pointers
from mlkc.artifact.model import Artifact
from mlkc.catalog.effects import Effect
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.locate import locate
from mlkc.plan.plan import EnvironmentPlan
from mlkc.text.paths import Pointer

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
    """

    diagnostics: tuple[Diagnostic, ...]
    changes: tuple[Change, ...] = ()
    problem: str = ""
    environments: tuple[EnvironmentPlan, ...] = ()
    against: str = ""
    notices: tuple[Diagnostic, ...] = ()


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
    found_changes = changes(found, old, new)
    return Diff(diagnostics, found_changes, environments=found.plan.environments, against=against)


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
            reason = overlay.reason(body, _inside(change)) if overlay and body else None
            part = component(body or change.old)
            if _only_rebuilt(change):
                reason = images.get(part) or _image_itself(found, part) or reason
            elif overlay and body and change.kind == "ConfigMap":
                reason = _line_reason(found, overlay, change) or reason
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


def _inside(change: FieldChange) -> Pointer:
    """The first part that differs of a field with parts."""
    pointer, old, new = change.pointer, change.old, change.new
    while change.steps and isinstance(new, (dict, list)) and new and change.new is not None:
        parts = new.items() if isinstance(new, dict) else enumerate(new)
        key = next((key for key, value in parts if _part(old, key) != value), None)
        if key is None:
            break
        pointer, old, new = (*pointer, key), _part(old, key), new[key]
    return pointer


def _part(node: Any, key: str | int) -> Any:
    try:
        return node[key]
    except (KeyError, IndexError, TypeError):
        return None


def _only_rebuilt(change: FieldChange) -> bool:
    """Tells whether an image is the same but for its tag: then what changed its files is the cause."""
    images = [str(value).rpartition(":")[0] for value in (change.old, change.new)]
    return change.steps[-1:] == ("image",) and images[0] == images[1]


def _image_itself(found: Compiled, part: str) -> Reason | None:
    """Why there is an image: for one that is rebuilt, where the files that it was made of are not at hand."""
    artifact = found.output.get(f"images/{part}/Dockerfile")
    return Explainer(found.plan, found.tree).whole(artifact) if artifact else None


def _line_reason(found: Compiled, overlay: Overlay, change: FieldChange) -> Reason | None:
    """The setting behind the first line that differs, of a file that a ConfigMap holds."""
    source = overlay.source(change.name, change.steps[-1]) if change.steps else None
    return _first_line(Explainer(found.plan, found.tree), source, str(change.old)) if source else None


def _first_line(explainer: Explainer, artifact: Artifact, old: str) -> Reason | None:
    """The setting behind the first line of a file that an old text has not, and that shows one."""
    before = set(old.split("\n"))
    for text, pointer in zip(lines(artifact), pointers(artifact), strict=True):
        reason = explainer.part(artifact, pointer)
        if text not in before and not reason.whole:
            return reason
    return None


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
        reason = _first_line(explainer, artifact, old.images.get(path, b"").decode("utf-8", "replace"))
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
