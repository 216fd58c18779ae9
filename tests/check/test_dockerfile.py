"""Reading Dockerfiles, and what they copy."""

from __future__ import annotations

import pytest

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check.images import copy_source, stage
from mlkc.check.images.dockerfile import instructions


def output(text: str, *files: str) -> OutputTree:
    dockerfile = Artifact("images/x/Dockerfile", ArtifactKind.DOCKERFILE, text)
    return OutputTree(
        (dockerfile, *(Artifact(f"images/x/{f}", ArtifactKind.TEXT, "") for f in files)), (), {}
    )


def missing(text: str, *files: str) -> list[tuple[int, str]]:
    return [(int(f.pointer[0]), f.message.split('"')[1]) for f in copy_source.RULE.find(output(text, *files))]


def unknown_stages(text: str) -> list[str]:
    return [f.message.split('"')[1] for f in stage.RULE.find(output(text))]


def test_continuations_comments_and_here_documents_are_one_instruction_each() -> None:
    text = "# c\nFROM a AS b\n\nRUN x \\\n  # c\n\n  && y\nCOPY <<EOF <<'TWO' /d/\nCOPY not this\nEOF\nTWO\nrun z\n"
    assert [(i.line, i.name, i.words) for i in instructions(text)] == [
        (2, "FROM", ("a", "AS", "b")),
        (4, "RUN", ("x", "&&", "y")),
        (8, "COPY", ("<<EOF", "<<'TWO'", "/d/")),
        (12, "RUN", ("z",)),
    ]


def test_flags_are_parted_from_words() -> None:
    (one,) = instructions('COPY --from=b --chown=1:1 ["a b", "/c"]')
    assert (one.flags, one.words) == ((("from", "b"), ("chown", "1:1")), ("a b", "/c"))
    (two,) = instructions("RUN --mount=type=bind,source=r.txt,target=/r.txt pip install")
    assert list(two.mounts()) == [{"type": "bind", "source": "r.txt", "target": "/r.txt"}]


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("COPY a.txt /", ["a.txt"], []),
        ("FROM x\nCOPY a.txt b.txt /", ["a.txt"], [(2, "b.txt")]),
        ("COPY . /", [], []),
        ("COPY ./conf/ /conf/", ["conf/a.xml"], []),
        ("COPY conf/*.xml /conf/", ["conf/a.xml"], []),
        ("COPY conf/*.yaml /conf/", ["conf/a.xml"], [(1, "conf/*.yaml")]),
        ('COPY ["a b", "/"]', [], [(1, "a b")]),
        ("COPY --chown=1:1 a /", [], [(1, "a")]),
        ("ADD https://example.com/x /x", [], []),
        ("COPY --from=b a /", [], []),
        ("COPY <<EOF /x\nCOPY a /\nEOF", [], []),
        ("RUN --mount=type=bind,source=r.txt,target=/r.txt x", [], [(1, "r.txt")]),
        ("RUN --mount=type=bind,from=b,source=r.txt,target=/r.txt x", [], []),
        ("RUN --mount=type=cache,target=/c x", [], []),
    ],
)
def test_what_is_copied_must_be_there(text: str, files: list[str], said: list[tuple[int, str]]) -> None:
    assert missing(text, *files) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FROM x AS a\nFROM y\nCOPY --from=a /x /x", []),
        ("FROM x AS A\nFROM y\nCOPY --from=a /x /x", []),
        ("FROM x AS a\nFROM y\nCOPY --from=b /x /x", ["b"]),
        ("FROM x\nCOPY --from=late /x /x\nFROM y AS late", ["late"]),
        ("FROM x\nFROM y\nCOPY --from=0 /x /x", []),
        ("FROM x\nCOPY --from=1 /x /x", ["1"]),
        ("FROM x\nCOPY --from=eclipse-temurin:17-jre /x /x", []),
        ("FROM x\nRUN --mount=from=build,target=/b x", ["build"]),
    ],
)
def test_a_stage_must_come_before(text: str, said: list[str]) -> None:
    assert unknown_stages(text) == said
