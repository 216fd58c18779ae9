"""Renders every overlay with the real Kustomize, in parallel, while the caller does something else.

The output tree is copied to a temporary folder, on a memory disk where there is one. A local secret file is a
placeholder there: no real secret is ever read. Each overlay is one `kubectl kustomize` process with its output in a
file, so that no thread and no pipe is needed.

A merge patch makes Kustomize read its own OpenAPI of all Kubernetes, 80 ms in each process, to find the merge keys of a
few lists. The copy of an overlay names merge_keys.json in the kustomization's `openapi` field instead, which holds just
those keys (tools/generate_merge_keys.py); a test shows that the result is the same (docs/adr/0007-rendering.md).
"""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from mlkc.artifact.model import ArtifactKind, OutputTree
from mlkc.artifact.render import render

PLACEHOLDER = "placeholder"
_MEMORY = "/dev/shm"  # noqa: S108  a folder of our own is made in it
_SECONDS = 60.0
# Measured on an overlay of 12 objects: 45 ms of start-up, 40 ms without garbage collection. The limit brings the
# collector back for an output of unlikely size. KUBERC=off keeps a user's preferences for kubectl out of it.
_GO = {"GOGC": "off", "GOMEMLIMIT": "512MiB", "KUBERC": "off"}
_MERGE_KEYS = Path(__file__).with_name("merge_keys.json")
_PASSED_ON = ("PATH", "SYSTEMROOT")


class KubectlMissingError(Exception):
    """No kubectl was found, or the one found can't be started."""


class Rendered(Struct, frozen=True):
    """What Kustomize made of one overlay.

    Attributes:
        environment: name of the environment.
        text: the YAML stream; empty when it failed.
        stderr: its warnings, or why it failed.
        failed: it could not render.
    """

    environment: str
    text: str
    stderr: str
    failed: bool


class Rendering:
    """Renderings under way. Use it as a context manager: leaving it ends them and removes the folder."""

    def __init__(self, kubectl: str, output: OutputTree, contents: dict[str, bytes]) -> None:
        self._kubectl = kubectl
        self._output = output
        self._contents = contents
        self._root = Path(
            tempfile.mkdtemp(prefix="mlkc-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None)
        )
        self._tree = self._root / "tree"
        self._environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._environment |= {**_GO, "HOME": str(self._root), "LC_ALL": "C"}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, environments: Iterable[str]) -> None:
        """Copies the base, then each overlay, and starts rendering it at once.

        Raises:
            KubectlMissingError: kubectl can't be started.
        """
        merge_keys = self._merge_keys()
        self._copy("base/")
        for name in environments:
            self._copy(f"overlays/{name}/")
            if merge_keys is not None:
                self._use(merge_keys, self._tree / "overlays" / name)
            self._running[name] = self._spawn(name, self._tree / "overlays" / name)

    def results(self) -> Iterator[Rendered]:
        """Yields the renderings in the order of their start, each as soon as it and those before it are there."""
        for name, process in self._running.items():
            yield self._collect(name, process)

    def again(self, environment: str, files: Mapping[str, bytes]) -> Rendered:
        """Renders an overlay once more with other contents for some files, to find what made it fail."""
        for path, content in files.items():
            self._write(path, content)
        return self._collect(environment, self._spawn(environment, self._tree / "overlays" / environment))

    def close(self) -> None:
        """Ends what still runs and removes the folder."""
        import shutil  # noqa: PLC0415  tempfile has it already

        for process in self._running.values():
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self._root, ignore_errors=True)

    def _spawn(self, name: str, folder: Path) -> subprocess.Popen[bytes]:
        with (self._root / f"{name}.out").open("wb") as out, (self._root / f"{name}.err").open("wb") as err:
            try:
                return subprocess.Popen(
                    [self._kubectl, "kustomize", str(folder)],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=self._environment,
                    cwd=self._root,
                )
            except OSError as error:
                raise KubectlMissingError(f"{self._kubectl}: {error.strerror}") from error

    def _collect(self, name: str, process: subprocess.Popen[bytes]) -> Rendered:
        try:
            failed = _wait(process) != 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return Rendered(name, "", f"no result after {_SECONDS:.0f} seconds", failed=True)
        text = (self._root / f"{name}.out").read_text("utf-8", "replace")
        stderr = (self._root / f"{name}.err").read_text("utf-8", "replace")
        # The temporary folder is nobody's business, and it would make messages differ from run to run.
        return Rendered(name, "" if failed else text, stderr.replace(f"{self._tree}/", "").strip(), failed)

    def _copy(self, prefix: str) -> None:
        for artifact in self._output.artifacts:
            if artifact.path.startswith(prefix):
                if artifact.path not in self._contents:
                    self._contents[artifact.path] = render(artifact)
                self._write(artifact.path, self._contents[artifact.path])
        for local in self._output.secrets:
            if local.path.startswith(prefix):
                lines = "".join(f"{key}={PLACEHOLDER}\n" for key in local.secret.keys)
                self._write(local.path, lines.encode())

    def _merge_keys(self) -> bytes | None:
        """The reduced OpenAPI; None when a merge patch is for a kind that it does not have."""
        content = _MERGE_KEYS.read_bytes()
        patches = [
            artifact for artifact in self._output.artifacts if artifact.kind is ArtifactKind.MERGE_PATCH
        ]
        kinds = {f'"kind": "{patch.body.get("kind")}"'.encode() for patch in patches}
        return content if all(kind in content for kind in kinds) else None

    def _use(self, merge_keys: bytes, folder: Path) -> None:
        (folder / _MERGE_KEYS.name).write_bytes(merge_keys)
        with (folder / "kustomization.yaml").open("a") as kustomization:
            kustomization.write(f"openapi:\n  path: {_MERGE_KEYS.name}\n")

    def _write(self, path: str, content: bytes) -> None:
        target = self._tree / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(content)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Waits for the end of a process, at most 60 s.

    `Popen.wait` with a time-out looks every so often, in the end every 50 ms; where the kernel can tell, it does.

    Raises:
        subprocess.TimeoutExpired: it still runs.
    """
    if not hasattr(os, "pidfd_open"):
        return process.wait(_SECONDS)
    try:
        handle = os.pidfd_open(process.pid)
    except OSError:  # an old kernel, or one that forbids it
        return process.wait(_SECONDS)
    try:
        ended, _, _ = select.select([handle], [], [], _SECONDS)
    finally:
        os.close(handle)
    return process.wait(None if ended else 0)


def start_rendering(
    output: OutputTree,
    environments: Iterable[str],
    kubectl: str,
    contents: dict[str, bytes] | None = None,
) -> Rendering:
    """Starts to render overlays.

    Args:
        output: the tree.
        environments: names of the overlays to render.
        kubectl: path of the program.
        contents: content of each file by path. What is not in it is rendered here and put into it: an overlay starts
            as soon as its own files are there, and nothing is rendered twice.

    Raises:
        KubectlMissingError: kubectl can't be started.
    """
    rendering = Rendering(kubectl, output, {} if contents is None else contents)
    try:
        rendering.start(environments)
    except BaseException:
        rendering.close()
        raise
    return rendering
