"""An image's tag as the address of its build folder: what is built from the same files has the same tag."""

from __future__ import annotations

from collections.abc import Iterable

from mlkc.artifact.model import Artifact
from mlkc.artifact.render import render
from mlkc.text.digest import sha256


def content_tag(artifacts: Iterable[Artifact], mlflow_version: str) -> str:
    """Computes the tag of one build folder.

    Args:
        artifacts: its files, and no others.
        mlflow_version: stands before the hash, so that people see what they deploy.

    Returns:
        `3.17.2-` and 12 hexadecimal digits of a SHA-256 over the paths, modes and contents.
    """
    digest = sha256()
    for artifact in sorted(artifacts, key=lambda entry: entry.path):
        content = render(artifact)
        # Each part says how long it is, so that no two folders read the same.
        digest.update(f"{artifact.path}\0{artifact.mode:o}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{mlflow_version}-{digest.hexdigest()[:12]}"
