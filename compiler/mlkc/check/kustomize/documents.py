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
    """Parses renderings; a piece of text that was seen before is not parsed again."""

    def __init__(self) -> None:
        self._known: dict[str, list[Any]] = {}

    def parse(self, text: str, generated: Iterable[Generated]) -> list[Any]:
        """Returns the documents of a rendering, in their order.

        Raises:
            yaml.YAMLError: the text is no YAML.
        """
        names = sorted({re.escape(made.name) for made in generated}, key=len, reverse=True)
        if names:
            text = re.sub(rf"(?<![-.\w])({'|'.join(names)})-{_HASH}(?![-.\w])", r"\1", text)
        found: list[Any] = []
        for piece in text.split("\n---\n"):
            if piece not in self._known:
                self._known[piece] = [body for body in read(piece) if body is not None]
            found += self._known[piece]
        return found
