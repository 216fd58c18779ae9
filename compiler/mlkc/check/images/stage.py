"""What: a Dockerfile copies or mounts from a stage that it does not have, or that comes later.

Why: the builder takes an unknown name for an image and tries to pull it, with an error about a registry that has
nothing to do with the fault.

Bad:
```dockerfile
# images/server/Dockerfile
FROM python:3.12-slim-bookworm AS build
FROM python:3.12-slim-bookworm
COPY --from=builder /opt/venv /opt/venv
```

Good:
```dockerfile
# images/server/Dockerfile
FROM python:3.12-slim-bookworm AS build
FROM python:3.12-slim-bookworm
COPY --from=build /opt/venv /opt/venv
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check import tree
from mlkc.check.images.dockerfile import Instruction, instructions
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(output: OutputTree) -> Iterator[Finding]:
    for artifact in output.artifacts:
        if artifact.kind is ArtifactKind.DOCKERFILE:
            yield from _dockerfile(artifact)


def _dockerfile(artifact: Artifact) -> Iterator[Finding]:
    stages: list[str] = []
    count = 0
    for instruction in instructions(str(artifact.body)):
        for name in _references(instruction):
            # A tag, digest or registry makes it an image; a number counts the stages.
            known = name.casefold() in stages or (name.isdigit() and int(name) < count)
            if not known and not set(name) & set(":@/$"):
                meant = closest(name, stages)
                help_ = (
                    f"did you mean `{meant}`?"
                    if meant
                    else f"stages before it are {', '.join(stages) or 'none'}"
                )
                message = f"{artifact.path}: line {instruction.line} copies from {tree.show(name)}, which is no stage"
                yield Finding(artifact, (instruction.line,), message, help_)
        if instruction.name == "FROM":
            count += 1
            words = [word.casefold() for word in instruction.words]
            if len(words) == 3 and words[1] == "as":
                stages.append(words[2])


def _references(instruction: Instruction) -> Iterator[str]:
    name = instruction.flag("from")
    if instruction.name in {"COPY", "ADD"} and name is not None:
        yield name
    if instruction.name == "RUN":
        yield from (mount["from"] for mount in instruction.mounts() if "from" in mount)


RULE = Rule(codes.UNKNOWN_STAGE, __doc__, _find)
