"""The plain form of `mlkc compile`, which is read without the CLI framework."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import MLKC
from mlkc.cli.once import Plain, plain

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments: {prod: {}}
"""
# What a compile that finds nothing wrong has no use for, in either of its processes.
BALLAST = (
    "click",
    "pydantic",
    "inspect",
    "typing_extensions",
    "importlib.metadata",
    "email.utils",
    "hashlib",
    "pprint",
)
SAYS_ITS_MODULES = """
import os, sys
leave = os._exit
def said(code):
    with open(os.path.join({folder!r}, str(os.getpid())), "w") as file:
        file.write("\\n".join(sys.modules))
    leave(code)
os._exit = said
from mlkc.cli.main import main
sys.argv = ["mlkc", "compile", "spec.yaml", "-q"]
main()
"""


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("spec.yaml", Plain("spec.yaml", ".", False, False)),
        ("spec.yaml -o out", Plain("spec.yaml", "out", False, False)),
        ("--output out --quiet spec.yaml --force", Plain("spec.yaml", "out", True, True)),
        ("", None),
        ("one.yaml two.yaml", None),
        ("spec.yaml -o", None),
        ("spec.yaml -o -q", None),
        ("spec.yaml -o a -o b", None),
        ("spec.yaml -q --quiet", None),
        ("spec.yaml -oout", None),
        ("spec.yaml -o {folder}", None),
        ("spec.yaml --strict", None),
        ("spec.yaml --help", None),
        ("-- spec.yaml", None),
        ("-", None),
    ],
)
def test_the_plain_form_and_no_other_is_read(line: str, read: Plain | None) -> None:
    assert plain(line.split()) == read


def test_neither_process_imports_what_it_has_no_use_for(tmp_path: Path) -> None:
    folder = tmp_path / "modules"
    folder.mkdir()
    (tmp_path / "spec.yaml").write_text(SPEC)
    script = SAYS_ITS_MODULES.format(folder=str(folder))
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    lists = [set(file.read_text().splitlines()) for file in folder.iterdir()]
    assert len(lists) == (2 if sys.platform == "linux" else 1)
    assert any("cerberus" in modules for modules in lists)
    for modules in lists:
        assert not modules.intersection(BALLAST)


def test_the_framework_does_the_same_with_the_same_arguments(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    said = []
    for form in (["-o", "one"], ["-oone"]):
        done = subprocess.run(
            [MLKC, "compile", "spec.yaml", *form], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        said.append(done)
        (tmp_path / "one").rename(tmp_path / f"before{len(said)}")
    assert said[0].stdout == said[1].stdout
    assert said[0].stderr == said[1].stderr == ""


def test_a_reader_that_is_gone_is_no_bug(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [MLKC, "compile", "spec.yaml"],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")
