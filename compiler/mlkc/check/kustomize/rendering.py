"""Renders every overlay with the real Kustomize, in parallel, while the caller does something else.

The output tree is copied to a temporary folder. A local secret file is a placeholder there: no real secret is ever
read. Each overlay is one `kubectl kustomize` process with its output in a file, so that no thread is needed.

A merge patch makes Kustomize read its own OpenAPI of all Kubernetes, 80 ms in each process, to find the merge keys of a
few lists. The copy of an overlay names merge_keys.json in the kustomization's `openapi` field instead, which holds just
those keys (tools/generate_merge_keys.py); a test shows that the result is the same (docs/adr/0007-rendering.md).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from mlkc.artifact.model import ArtifactKind, OutputTree
from mlkc.artifact.render import render
from mlkc.check.kustomize.workplace import KUSTOMIZATION, KubectlMissingError, Workplace

__all__ = ["KubectlMissingError", "Rendered", "Rendering", "start_rendering"]

PLACEHOLDER = "placeholder"
_MERGE_KEYS = Path(__file__).with_name("merge_keys.json")


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

    def __init__(self, workplace: Workplace, output: OutputTree, contents: dict[str, bytes]) -> None:
        self._workplace = workplace
        self._output = output
        self._contents = contents
        self._environments: tuple[str, ...] = ()
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, environments: Iterable[str]) -> None:
        """Copies the base, then each overlay, and lets it be rendered at once.

        Raises:
            KubectlMissingError: kubectl can't be started.
        """
        self._environments = tuple(environments)
        merge_keys = self._merge_keys()
        self._copy("base/")
        for name in self._environments:
            self._copy(f"overlays/{name}/")
            self._kustomization(name, merge_keys)
            self._workplace.start(name)

    def results(self) -> Iterator[Rendered]:
        """Yields the renderings in the order of their start, each as soon as it and those before it are there."""
        for name in self._environments:
            yield self._collect(name)

    def again(self, environment: str, files: Mapping[str, bytes]) -> Rendered:
        """Renders an overlay once more with other contents for some files, to find what made it fail."""
        for path, content in files.items():
            self._write(path, content)
        self._workplace.start(environment)
        return self._collect(environment)

    def close(self) -> None:
        """Ends what still runs and removes the folder."""
        self._workplace.close()

    def _collect(self, name: str) -> Rendered:
        result = self._workplace.collect(name)
        # The temporary folder is nobody's business, and it would make messages differ from run to run.
        stderr = result.err.replace(f"{self._workplace.tree}/", "").strip()
        return Rendered(name, "" if result.failed else result.out, stderr, result.failed)

    def _copy(self, prefix: str) -> None:
        """Copies the files below a folder, but for an overlay's kustomization, the last that it needs."""
        own = f"{prefix}{KUSTOMIZATION}" if prefix != "base/" else ""
        for artifact in self._output.artifacts:
            if artifact.path.startswith(prefix):
                if artifact.path not in self._contents:
                    self._contents[artifact.path] = render(artifact)
                if artifact.path != own:
                    self._write(artifact.path, self._contents[artifact.path])
        for local in self._output.secrets:
            if local.path.startswith(prefix):
                lines = "".join(f"{key}={PLACEHOLDER}\n" for key in local.secret.keys)
                self._write(local.path, lines.encode())

    def _kustomization(self, name: str, merge_keys: bytes | None) -> None:
        self._workplace.overlay(name).mkdir(parents=True, exist_ok=True)  # where it has no other file
        content = self._contents[posixpath.join("overlays", name, KUSTOMIZATION)]
        if merge_keys is not None:
            (self._workplace.overlay(name) / _MERGE_KEYS.name).write_bytes(merge_keys)
            content += f"openapi:\n  path: {_MERGE_KEYS.name}\n".encode()
        self._workplace.kustomization(name).write_bytes(content)

    def _merge_keys(self) -> bytes | None:
        """The reduced OpenAPI; None when a merge patch is for a kind that it does not have."""
        content = _MERGE_KEYS.read_bytes()
        patches = [
            artifact for artifact in self._output.artifacts if artifact.kind is ArtifactKind.MERGE_PATCH
        ]
        kinds = {f'"kind": "{patch.body.get("kind")}"'.encode() for patch in patches}
        return content if all(kind in content for kind in kinds) else None

    def _write(self, path: str, content: bytes) -> None:
        target = self._workplace.tree / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(content)


def start_rendering(
    output: OutputTree,
    environments: Iterable[str],
    kubectl: str | Workplace,
    contents: dict[str, bytes] | None = None,
) -> Rendering:
    """Starts to render overlays.

    Args:
        output: the tree.
        environments: names of the overlays to render.
        kubectl: path of the program, or the place where it waits already, which is closed with the rendering.
        contents: content of each file by path. What is not in it is rendered here and put into it: an overlay starts
            as soon as its own files are there, and nothing is rendered twice.

    Raises:
        KubectlMissingError: kubectl can't be started.
    """
    workplace = Workplace(kubectl) if isinstance(kubectl, str) else kubectl
    rendering = Rendering(workplace, output, {} if contents is None else contents)
    try:
        rendering.start(environments)
    except BaseException:
        rendering.close()
        raise
    return rendering
