"""What a change does to a running stack, by the table of `mlkc.catalog.effect_rows`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from mlkc.app.compare import FieldChange, Objects
from mlkc.catalog import effect_rows as rows
from mlkc.catalog import effect_values as values
from mlkc.catalog.effects import Effect, EffectRow, fits
from mlkc.catalog.version import below
from mlkc.check import tree
from mlkc.text.quantity import parse

_POD_KINDS = ("Deployment", "StatefulSet")
# A downgrade in place within MySQL 8.0 is supported for some releases only; other series have it.
_NO_SERIES = ["8", "0"]
# The image whose series have one number, not two.
_OF_ONE_NUMBER = "postgres"
_NO_OBJECTS: Objects = {}
_INITIAL = ("MYSQL_", "MARIADB_", "POSTGRES_", "DB_PASSWORD")
# How SOPS writes a value that it has encrypted.
_CIPHER = "ENC["


class Verdict(Struct, frozen=True):
    """What a change does.

    Attributes:
        effect: the kind of it.
        note: what one should know, a phrase; may be empty.
        pods: the workloads whose pods are replaced.
    """

    effect: Effect
    note: str = ""
    pods: tuple[str, ...] = ()


def verdict(change: FieldChange, new: Objects, old: Objects = _NO_OBJECTS) -> Verdict:
    """Judges a change.

    Args:
        change: what differs.
        new: the objects of the environment as they will be.
        old: those that are there.
    """
    row = (
        _by_value(change)
        or _of_password(change, new, old)
        or next((row for row in rows.EFFECTS if _counts(row, change)), None)
    )
    if row is None:
        return Verdict(Effect.NONE, "new" if change.old is None and not change.steps else "")
    pods = _pods(change, new) if row.effect is not Effect.METADATA else ()
    if row.effect is Effect.RESTART:
        ends_first = [name for name in pods if _ends_first(name, new)]
        if ends_first:
            return Verdict(Effect.DOWNTIME, row.note or rows.ENDS_FIRST, pods)
        if not pods:
            return Verdict(Effect.NONE, "no pod reads it")
    return Verdict(row.effect, row.note, pods)


def _counts(row: EffectRow, change: FieldChange) -> bool:
    if not fits(row, change.kind, change.steps):
        return False
    if row.when == "always":
        return True
    if row.when in ("added", "removed"):
        return (change.old if row.when == "added" else change.new) is None
    old, new = parse(str(change.old)), parse(str(change.new))
    return old is not None and new is not None and ((new < old) == (row.when == "smaller"))


def _by_value(change: FieldChange) -> EffectRow | None:
    """The rows that need a look at the values."""
    if fits(values.DATA_FOLDER, change.kind, change.steps):
        return values.DATA_FOLDER if _folder(change.old) != _folder(change.new) else None
    if fits(values.DATA_MOUNT, change.kind, change.steps):
        return values.DATA_MOUNT if "data" in (_name(change.old), _name(change.new)) else None
    if fits(values.OTHER_SERVER, change.kind, change.steps):
        (old, before), (new, after) = _image(change.old), _image(change.new)
        if old != new:
            return values.OTHER_SERVER
        if new == _OF_ONE_NUMBER and before.partition(".")[0] != after.partition(".")[0]:
            return values.OTHER_SERIES
        return values.OLDER_SERVER if _older(after, before) else None
    return None


def _of_password(change: FieldChange, new: Objects, old: Objects) -> EffectRow | None:
    """The rows about a password that an initialised database does not take."""
    if not change.steps and change.old is None:
        row = next((row for row in values.NEW_PASSWORD if row.kind == change.kind), None)
        return row if row and _reads(old, _secret_of(change, new)) else None
    row = next((row for row in values.PASSWORDS if fits(row, change.kind, change.steps)), None)
    keys = {"Secret": change.steps[1:2], "SealedSecret": change.steps[2:3]}.get(change.kind, ())
    if row is None or not _reads(new, _secret_of(change, new), keys):
        return None
    return values.ENCRYPTED if str(change.old).startswith(_CIPHER) else row


def _secret_of(change: FieldChange, new: Objects) -> str:
    """The name of the Secret that an object is or becomes."""
    return tree.text(new.get((change.kind, change.name)), "spec", "target", "name") or change.name


def _reads(objects: Objects, secret: str, keys: tuple[str, ...] = ()) -> bool:
    """Tells whether a database reads one of some keys of a Secret, or any if none is named, when it starts."""
    for (kind, _), body in objects.items():
        if kind != "StatefulSet":
            continue
        for _, container in tree.entries(body, "spec", "template", "spec", "containers"):
            for _, variable in tree.entries(container, "env"):
                source = tree.mapping(variable, "valueFrom", "secretKeyRef")
                ours = source.get("name") == secret and tree.text(variable, "name").startswith(_INITIAL)
                if ours and (not keys or source.get("key") in keys):
                    return True
    return False


def _folder(arguments: Any) -> str:
    texts = [str(argument) for argument in arguments] if isinstance(arguments, list) else []
    return next((text for text in texts if "datadir" in text), "")


def _name(mount: Any) -> str:
    return str(mount.get("name")) if isinstance(mount, Mapping) else ""


def _image(reference: Any) -> tuple[str, str]:
    """The last name of an image's repository, and its tag."""
    name = str(reference).partition("@")[0].rpartition("/")[2]
    repository, _, tag = name.partition(":")
    return repository, tag


def _older(new: str, old: str) -> bool:
    """Tells whether a server is of an older series, or of any older release where those of a series differ."""
    after, before = (tag.partition("-")[0] for tag in (new, old))
    series = [version.split(".")[:2] for version in (after, before)]
    if series[0] == series[1] and series[0] != _NO_SERIES:
        return False
    try:
        return below(after, before)
    except ValueError:
        return False


def _pods(change: FieldChange, new: Objects) -> tuple[str, ...]:
    if change.kind in _POD_KINDS and change.steps[:2] == ("spec", "template"):
        return (change.name,)
    if change.kind != "ConfigMap":
        return ()
    return tuple(
        name for (kind, name), body in new.items() if kind in _POD_KINDS and _mounts(body, change.name)
    )


def _mounts(body: Any, config_map: str) -> bool:
    volumes = tree.entries(body, "spec", "template", "spec", "volumes")
    return any(tree.text(volume, "configMap", "name") == config_map for _, volume in volumes)


def _ends_first(name: str, new: Objects) -> bool:
    """Tells whether all old pods of a workload end before a new one is there."""
    deployment = new.get(("Deployment", name))
    if deployment is not None:
        return tree.text(deployment, "spec", "strategy", "type") == "Recreate"
    stateful = new.get(("StatefulSet", name))
    replicas = tree.get(stateful, ("spec", "replicas"))
    return stateful is not None and (replicas is None or int(replicas) <= 1)
