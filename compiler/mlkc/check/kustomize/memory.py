"""What a program that checks again and again keeps from one check to the next: renderings whose files are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from mlkc.check.kustomize.documents import Documents


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


class Memory:
    """The last rendering of each overlay, with the files that it was made of. A failure is not kept.

    Attributes:
        bodies: the objects of each environment of the last check, as Kustomize renders them.
        documents: parses renderings.
    """

    def __init__(self) -> None:
        self.bodies: dict[str, list[Any]] = {}
        self.documents = Documents()
        self._files: dict[str, Mapping[str, bytes]] = {}
        self._rendered: dict[str, Rendered] = {}

    def begin(self, environments: frozenset[str]) -> None:
        """Starts a check: what it does not come to is forgotten, so that the memory does not grow."""
        self.documents = Documents(self.documents)
        self.bodies = {}
        for name in [name for name in self._files if name not in environments]:
            del self._files[name]
            self._rendered.pop(name, None)

    def knows(self, name: str, files: Mapping[str, bytes]) -> bool:
        """Tells whether an overlay was made of the same files before; if not, notes them for what comes now."""
        if name in self._rendered and self._files.get(name) == files:
            return True
        self._files[name] = files
        self._rendered.pop(name, None)
        return False

    def rendered(self, name: str) -> Rendered | None:
        """Returns what is known of an overlay."""
        return self._rendered.get(name)

    def keep(self, rendered: Rendered) -> None:
        """Keeps a rendering of the files that were noted last."""
        if not rendered.failed:
            self._rendered[rendered.environment] = rendered
