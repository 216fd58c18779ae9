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

from mlkc.artifact.model import ArtifactKind, OutputTree
from mlkc.artifact.render import render
from mlkc.check.kustomize.memory import Memory, Rendered
from mlkc.check.kustomize.workplace import KUSTOMIZATION, KubectlMissingError, Workplace

__all__ = ["KubectlMissingError", "Rendered", "Rendering", "start_rendering"]

PLACEHOLDER = "placeholder"
_MERGE_KEYS = Path(__file__).with_name("merge_keys.json")


class Rendering:
    """Renderings under way. Use it as a context manager: leaving it closes the place if it is its own."""

    def __init__(
        self,
        workplace: Workplace,
        output: OutputTree,
        contents: dict[str, bytes],
        memory: Memory,
        *,
        own: bool,
    ) -> None:
        self._workplace = workplace
        self._output = output
        self._contents = contents
        self._memory = memory
        self._own = own
        self._environments: tuple[str, ...] = ()
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, environments: Iterable[str]) -> None:
        """Copies the base, then each overlay, and lets it be rendered at once, unless it was before.

        Raises:
            KubectlMissingError: kubectl can't be started.
        """
        self._environments = tuple(environments)
        merge_keys = self._merge_keys()
        base = self._files("base/")
        copied = False
        for name in self._environments:
            own = self._files(f"overlays/{name}/")
            if self._memory.knows(name, {**base, **own}):
                continue
            if not copied:
                self._copy(base)
                copied = True
            kustomization = own.pop(posixpath.join("overlays", name, KUSTOMIZATION))
            self._copy(own)
            self._kustomization(name, kustomization, merge_keys)
            self._workplace.start(name)

    def results(self) -> Iterator[Rendered]:
        """Yields the renderings in the order of their start, each as soon as it and those before it are there."""
        for name in self._environments:
            known = self._memory.rendered(name)
            if known is None:
                known = self._collect(name)
                self._memory.keep(known)
            yield known

    def again(self, environment: str, files: Mapping[str, bytes]) -> Rendered:
        """Renders an overlay once more with other contents for some files, to find what made it fail."""
        self._copy(files)
        self._workplace.start(environment)
        return self._collect(environment)

    def close(self) -> None:
        """Ends what still runs and removes the folder, if they were made for this."""
        if self._own:
            self._workplace.close()

    def _collect(self, name: str) -> Rendered:
        result = self._workplace.collect(name)
        # The temporary folder is nobody's business, and it would make messages differ from run to run.
        stderr = result.err.replace(f"{self._workplace.tree}/", "").strip()
        return Rendered(name, "" if result.failed else result.out, stderr, result.failed)

    def _files(self, prefix: str) -> dict[str, bytes]:
        """The files below a folder, with placeholders for local secrets."""
        found: dict[str, bytes] = {}
        for artifact in self._output.artifacts:
            if artifact.path.startswith(prefix):
                if artifact.path not in self._contents:
                    self._contents[artifact.path] = render(artifact)
                found[artifact.path] = self._contents[artifact.path]
        for local in self._output.secrets:
            if local.path.startswith(prefix):
                found[local.path] = "".join(f"{key}={PLACEHOLDER}\n" for key in local.secret.keys).encode()
        return found

    def _copy(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            self._write(path, content)

    def _kustomization(self, name: str, content: bytes, merge_keys: bytes | None) -> None:
        """Writes an overlay's kustomization, the last that it needs."""
        self._workplace.overlay(name).mkdir(parents=True, exist_ok=True)  # where it has no other file
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
    memory: Memory | None = None,
) -> Rendering:
    """Starts to render overlays.

    Args:
        output: the tree.
        environments: names of the overlays to render.
        kubectl: path of the program, or the place where it waits already, which the caller closes.
        contents: content of each file by path. What is not in it is rendered here and put into it: an overlay starts
            as soon as its own files are there, and nothing is rendered twice.
        memory: what was rendered before; an overlay whose files are the same is not rendered again.

    Raises:
        KubectlMissingError: kubectl can't be started.
    """
    own = isinstance(kubectl, str)
    workplace = Workplace(kubectl) if isinstance(kubectl, str) else kubectl
    known = {} if contents is None else contents
    rendering = Rendering(workplace, output, known, memory or Memory(), own=own)
    try:
        rendering.start(environments)
    except BaseException:
        rendering.close()
        raise
    return rendering
