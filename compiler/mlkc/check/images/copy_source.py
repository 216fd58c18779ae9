"""What: a Dockerfile copies or mounts a file that its build folder does not have.

Why: the build stops there, after everything before it has run.

Bad:
```dockerfile
# images/server/Dockerfile
FROM python:3.12-slim-bookworm
COPY requirements.txt /tmp/
```

Good:
```dockerfile
# images/server/Dockerfile
FROM python:3.12-slim-bookworm
COPY Dockerfile /usr/share/doc/
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatchcase

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check import tree
from mlkc.check.images.dockerfile import Instruction, instructions
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(output: OutputTree) -> Iterator[Finding]:
    for artifact in output.artifacts:
        if artifact.kind is not ArtifactKind.DOCKERFILE:
            continue
        folder = posixpath.dirname(artifact.path)
        paths = [*(other.path for other in output.artifacts), *output.provided]
        files = [path[len(folder) + 1 :] for path in paths if path.startswith(f"{folder}/")]
        for instruction in instructions(str(artifact.body)):
            for source in _sources(instruction):
                if not _is_there(source, files) and not output.is_provided(f"{folder}/{source}"):
                    yield _finding(artifact, instruction.line, source, files)


def _sources(instruction: Instruction) -> Iterator[str]:
    """Yields what is read from the build folder."""
    if instruction.name in {"COPY", "ADD"} and instruction.flag("from") is None:
        for word in instruction.words[:-1]:
            # ADD takes URLs, both take here-documents; a variable is known only to the builder.
            if "://" not in word and not word.startswith("<<") and "$" not in word:
                yield word
    if instruction.name == "RUN":
        for mount in instruction.mounts():
            source = mount.get("source", mount.get("src"))
            if mount.get("type", "bind") == "bind" and "from" not in mount and source and "$" not in source:
                yield source


def _is_there(source: str, files: list[str]) -> bool:
    path = posixpath.normpath(source.lstrip("/")) if source.strip("/") else "."
    if path == ".":
        return True
    return any(fnmatchcase(file, path) or file.startswith(f"{path}/") for file in files)


def _finding(artifact: Artifact, line: int, source: str, files: list[str]) -> Finding:
    meant = closest(source, files)
    help_ = f"did you mean `{meant}`?" if meant else f"files beside it are {', '.join(files)}"
    message = f"{artifact.path}: line {line} copies {tree.show(source)}, which the build folder does not have"
    return Finding(artifact, (line,), message, help_)


RULE = Rule(codes.MISSING_COPY_SOURCE, __doc__, _find)
