"""The documents in what Kustomize renders, with generated names as they were before their hash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mlkc.check.kustomize.reader import read
from mlkc.check.objects import Generated

# Kustomize's hash: ten hexadecimal digits with five of them replaced, so that they spell no words
# (https://github.com/kubernetes-sigs/kustomize, api/hasher).
_HASH = "[2456789bcdfghkmt]{10}"


class Documents:
    """Parses renderings; a piece of text that was seen before is not parsed again.

    Attributes:
        known: the documents of each piece.
    """

    def __init__(self, before: Documents | None = None) -> None:
        """Starts with nothing, or with what another one parsed; what is not used again is forgotten with that."""
        self.known: dict[str, list[Any]] = {}
        self._before = before.known if before else {}

    def parse(self, text: str, generated: Iterable[Generated]) -> list[Any]:
        """Returns the documents of a rendering, in their order.

        Raises:
            yaml.YAMLError: the text is no YAML.
        """
        found: list[Any] = []
        for piece in without_hashes(text, generated).split("\n---\n"):
            if piece not in self.known:
                known = self._before.get(piece)
                self.known[piece] = known or [body for body in read(piece) if body is not None]
            found += self.known[piece]
        return found


def without_hashes(text: str, generated: Iterable[Generated]) -> str:
    """Returns a text with the names that Kustomize has generated as they were before their hash."""
    names = sorted({re.escape(made.name) for made in generated}, key=len, reverse=True)
    if not names:
        return text
    return re.sub(rf"(?<![-.\w])({'|'.join(names)})-{_HASH}(?![-.\w])", r"\1", text)
