"""The use case behind `mlkc compile --adopt`: edits of generated files become patches in the spec.

What an edit does is seen in what Kustomize renders, and so is whether the patches do the same: the spec with them is
compiled in memory, and each of its overlays must say what the edited tree says. Otherwise nothing is adopted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from mlkc.app.compile import files_of, secrets_of
from mlkc.app.drift import edit, secret_values
from mlkc.app.front import Front, front_of
from mlkc.app.judge import strictly
from mlkc.app.patch import Patch, Unpatchable, patch_of
from mlkc.app.snapshot import Snapshot, SnapshotError, of_files
from mlkc.artifact.model import ArtifactKind
from mlkc.artifact.yaml import dump, load_all
from mlkc.check.kustomize.translation import same
from mlkc.diag import drift_codes, folder_codes
from mlkc.diag.diagnostic import Diagnostic, InOutput, Severity
from mlkc.source.append import append
from mlkc.source.load import load
from mlkc.source.parse import parse
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath
from mlkc.text.span import SourceFile
from mlkc.write.apply import recover
from mlkc.write.change import plan_changes
from mlkc.write.files import MANIFEST
from mlkc.write.manifest import Owned
from mlkc.write.manifest import parse as parse_manifest

_DOTS = "•"
_HELP = "put it into the spec, undo it in the file, or run with --force to give it up"


class Adopted(Struct, frozen=True):
    """What became of the edits; nothing is written yet.

    Attributes:
        diagnostics: why nothing can be adopted; empty if everything can.
        before, after: the text of the spec without and with the patches.
        patches: what they change: `Deployment mlflow in prod`.
        adopted: SHA-256 of each edited file, by path: the spec says what is in it.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    before: str = ""
    after: str = ""
    patches: tuple[str, ...] = ()
    adopted: Owned = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """True when an edit can't be adopted, or there is no telling."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


class _Lost(Exception):  # noqa: N818  what it is about is the edit
    """An edit that can't be adopted: the file, and why."""

    def __init__(self, path: str, reason: str, *notes: str) -> None:
        super().__init__(reason)
        self.path, self.reason, self.notes = path, reason, notes


def adopt(spec: Path, display_name: str, folder: Path, *, strict: bool = False) -> Adopted:
    """Finds the patches that say in the spec what a person changed in generated files.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        folder: the output folder.
        strict: a warning about the spec is an error.

    Returns:
        The new text of the spec; or why there is none: the spec's own errors, files that stand in the way, MK726.
    """
    loaded = load(spec, display_name)
    compiled = front_of(loaded)
    said = strictly(compiled.diagnostics) if strict else compiled.diagnostics
    tree = compiled.tree
    if compiled.failed or tree is None or any(d.severity is Severity.ERROR for d in said):
        return Adopted(said)
    recovered = recover(folder)
    if recovered.value is None:
        return Adopted(recovered.diagnostics)
    changes = plan_changes(folder, files_of(compiled), secrets_of(compiled.output, folder))
    others = tuple(d for d in changes.diagnostics if d.code != folder_codes.EDITED_OUTPUT.code)
    if changes.value is None or any(d.severity is Severity.ERROR for d in others):
        return Adopted(others)
    try:
        edits = {path: (folder / path).read_bytes() for path in changes.value.edited}
        return _Adopting(compiled, tree, folder, edits).run() if edits else Adopted()
    except _Lost as lost:
        message = f"{lost.path}: the edit can't become a patch: {lost.reason}"
        return Adopted(
            (drift_codes.LOST_EDIT.at(InOutput(lost.path), message, notes=lost.notes, help=_HELP),)
        )


class _Adopting:
    def __init__(self, compiled: Front, tree: SourceTree, folder: Path, edits: Mapping[str, bytes]) -> None:
        self._compiled = compiled
        self._tree = tree
        self._folder = folder
        self._edits = edits
        self._first = next(iter(edits), "")
        output = compiled.output
        self._secrets = output.secrets if output else ()
        self._keys = {secret.path: secret.secret.keys for secret in self._secrets}

    def run(self) -> Adopted:
        self._require_known_origin()
        generated = dict(self._compiled.contents)
        with_base = generated | {path: text for path, text in self._edits.items() if path.startswith("base/")}
        edited = generated | dict(self._edits)
        before, middle, after = (self._render(files) for files in (generated, with_base, edited))
        self._require_no_secret()
        if _equal(before, after):
            raise _Lost(self._first, "it changes no object of any environment")
        patches = [*self._of_base(), *self._of_overlays(middle, after)]
        text = self._spec_with(patches)
        self._prove(text, after)
        return Adopted(
            before=self._tree.file.text,
            after=text,
            patches=tuple(_title(place, patch) for place, patch in patches),
            adopted={p: frozenset({hashlib.sha256(text).hexdigest()}) for p, text in self._edits.items()},
        )

    def _require_known_origin(self) -> None:
        """The edit is seen against what the spec compiles to, so that must be what was written before the edit."""
        owned = parse_manifest((self._folder / MANIFEST).read_bytes())
        for path in self._edits:
            generated = hashlib.sha256(self._compiled.contents[path]).hexdigest()
            if generated not in owned.get(path, frozenset()):
                reason = "the spec was changed too, and the two changes of the file can't be told apart"
                raise _Lost(
                    path,
                    reason,
                    "take the change of the spec back, adopt the edit, and change the spec again",
                )

    def _require_no_secret(self) -> None:
        secrets = secret_values(self._folder, (secret.path for secret in self._secrets))
        for path, text in self._edits.items():
            lines = edit(path, self._compiled.contents[path], text, secrets)
            if any(line.startswith("+") and _DOTS in line for line in lines):
                raise _Lost(path, "it holds what looks like a secret, and a spec has no place for one")

    def _of_base(self) -> Iterator[tuple[SpecPath, Patch]]:
        output = self._compiled.output
        for path, text in self._edits.items():
            if path.startswith("overlays/"):
                continue
            artifact = output.get(path) if output else None
            if artifact is None or artifact.kind is not ArtifactKind.OBJECT:
                raise _Lost(path, "a patch changes fields of an object, and the file holds none")
            documents = _documents(path, text)
            if len(documents) != 1:
                raise _Lost(path, f"it holds {len(documents)} documents now, not 1")
            yield from self._patch(("patches",), path, load_all(dump(artifact.body))[0], documents[0])

    def _of_overlays(self, before: Snapshot, after: Snapshot) -> Iterator[tuple[SpecPath, Patch]]:
        for name, objects in after.environments.items():
            paths = [path for path in self._edits if path.startswith(f"overlays/{name}/")]
            if not paths:
                continue
            known = before.environments[name]
            for kind, title in sorted(known.keys() ^ objects.keys()):
                what = "adds" if (kind, title) in objects else "takes out"
                raise _Lost(paths[0], f"it {what} the {kind} {title}")
            for key, body in objects.items():
                yield from self._patch(("environments", name, "patches"), paths[0], known[key], body)

    def _patch(self, place: SpecPath, path: str, old: Any, new: Any) -> Iterator[tuple[SpecPath, Patch]]:
        try:
            patch = patch_of(old, new)
        except Unpatchable as error:
            raise _Lost(path, str(error)) from error
        if patch is not None:
            yield place, patch

    def _spec_with(self, patches: list[tuple[SpecPath, Patch]]) -> str:
        tree = self._tree
        for place in dict.fromkeys(place for place, _ in patches):
            entries = [patch.entry() for where, patch in patches if where == place]
            text = append(tree, place, entries, dump(entries))
            read = parse(SourceFile(tree.file.name, text)).value if text is not None else None
            if read is None:
                where = ".".join(str(part) for part in place)
                raise _Lost(self._first, f"the layout of the spec leaves no certain place for `{where}`")
            tree = read
        return tree.file.text

    def _prove(self, text: str, edited: Snapshot) -> None:
        """The spec with the patches must compile to what the edited tree says."""
        compiled = front_of(parse(SourceFile(self._tree.file.name, text)))
        if compiled.failed:
            faults = (d.message for d in compiled.diagnostics if d.severity is Severity.ERROR)
            raise _Lost(self._first, "the spec with the patch is refused", *faults)
        if not _equal(self._render(compiled.contents), edited):
            raise _Lost(
                self._first,
                "the overlays would not render to the same; their kustomization sets it last",
            )

    def _render(self, files: Mapping[str, bytes]) -> Snapshot:
        try:
            return of_files(files, self._keys)
        except SnapshotError as error:
            raise _Lost(self._first, "the edited tree can't be rendered", str(error)) from error


def _documents(path: str, text: bytes) -> list[Any]:
    from yaml import YAMLError  # noqa: PLC0415

    try:
        return load_all(text.decode())
    except (YAMLError, UnicodeDecodeError) as error:
        raise _Lost(path, "it is no YAML any more") from error


def _equal(one: Snapshot, other: Snapshot) -> bool:
    return (
        one.environments.keys() == other.environments.keys()
        and all(_equal_objects(one.environments[name], other.environments[name]) for name in one.environments)
        and one.images == other.images
    )


def _equal_objects(one: Mapping[tuple[str, str], Any], other: Mapping[tuple[str, str], Any]) -> bool:
    return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)


def _title(place: SpecPath, patch: Patch) -> str:
    where = f" in {place[1]}" if len(place) > 1 else ""
    return f"{patch.kind} {patch.name}{where}"
