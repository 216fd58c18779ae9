"""What the kustomizations of an output name: resources, generators and patches, resolved to files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from msgspec import Struct

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check import tree
from mlkc.check.objects import Generated
from mlkc.text.paths import Pointer

FILE = "kustomization.yaml"


class Folder(Struct, frozen=True):
    """A folder with a kustomization.

    Attributes:
        path: `base` or `overlays/NAME`.
        kustomization: its file.
        files: every artifact by path, of the whole output.
        secret_keys: path of a local secret file → its keys.
    """

    path: str
    kustomization: Artifact
    files: dict[str, Artifact]
    secret_keys: dict[str, tuple[str, ...]]

    def resolve(self, entry: str) -> str:
        """Returns the output path that an entry of the kustomization names."""
        return posixpath.normpath(posixpath.join(self.path, entry))

    def named(self, *field: str | int) -> Iterator[tuple[Pointer, str]]:
        """Yields the texts of a list with their pointers."""
        for index, entry in tree.texts(self.kustomization.body, *field):
            yield (*field, index), entry


def folders(output: OutputTree) -> dict[str, Folder]:
    """Returns every folder that has a kustomization, by path."""
    files = {artifact.path: artifact for artifact in output.artifacts}
    keys = {local.path: local.secret.keys for local in output.secrets}
    return {
        posixpath.dirname(artifact.path): Folder(posixpath.dirname(artifact.path), artifact, files, keys)
        for artifact in output.artifacts
        if artifact.kind is ArtifactKind.KUSTOMIZATION
    }


def bases(folder: Folder, known: dict[str, Folder]) -> Iterator[Folder]:
    """Yields the folder and the folders that it builds on, each before what it builds on."""
    yield folder
    for _, entry in folder.named("resources"):
        below = known.get(folder.resolve(entry))
        if below is not None and below is not folder:
            yield from bases(below, known)


def resources(folder: Folder, known: dict[str, Folder]) -> list[Artifact]:
    """Lists the objects that a folder and the folders below it name, those of the lowest first."""
    found: list[Artifact] = []
    for part in reversed(list(bases(folder, known))):
        for _, entry in part.named("resources"):
            artifact = part.files.get(part.resolve(entry))
            if artifact is not None and artifact.kind is ArtifactKind.OBJECT:
                found.append(artifact)
    return found


def namespace(folder: Folder, known: dict[str, Folder], part: Folder) -> str:
    """Returns the namespace that a generator of `part` gets when `folder` is rendered; `default` without one."""
    for above in bases(folder, known):
        found = tree.text(above.kustomization.body, "namespace")
        if found:
            return found
        if above is part:
            break
    return "default"


def generated(folder: Folder, known: dict[str, Folder]) -> tuple[Generated, ...]:
    """Lists the ConfigMaps and Secrets that rendering `folder` generates."""
    found: dict[tuple[str, str], Generated] = {}
    for part in reversed(list(bases(folder, known))):
        where = namespace(folder, known, part)
        for kind, field in (("ConfigMap", "configMapGenerator"), ("Secret", "secretGenerator")):
            for index, entry in tree.entries(part.kustomization.body, field):
                name, data = tree.text(entry, "name"), _data(part, (field, index))
                before = found.get((kind, name))
                if before is not None and entry.get("behavior") == "merge":
                    # Kustomize merges into the object of the base, wherever that one is.
                    data = None if data is None or before.data is None else {**before.data, **data}
                    found[kind, name] = Generated(kind, name, before.namespace, data)
                else:
                    found[kind, name] = Generated(kind, name, where, data)
    return tuple(found.values())


def sources(part: Folder, generator: Pointer) -> Iterator[tuple[Pointer, str, str]]:
    """Yields the files that a generator reads: pointer, key in the object (empty for an env file), output path."""
    for pointer, entry in part.named(*generator, "files"):
        key, equals, path = entry.partition("=")
        yield pointer, key if equals else posixpath.basename(entry), part.resolve(path if equals else entry)
    for pointer, entry in part.named(*generator, "envs"):
        yield pointer, "", part.resolve(entry)


def _data(part: Folder, generator: Pointer) -> dict[str, str | None] | None:
    data: dict[str, str | None] = {}
    for _, key, path in sources(part, generator):
        body = part.files[path].body if path in part.files else None
        if key:
            data[key] = body if isinstance(body, str) else None
        elif path in part.secret_keys:
            data |= dict.fromkeys(part.secret_keys[path])
        else:
            return None
    for _, entry in part.named(*generator, "literals"):
        key, _, text = entry.partition("=")
        data[key] = text
    return data
