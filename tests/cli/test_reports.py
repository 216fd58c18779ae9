"""The forms of a report, strictness, and warnings that the spec accepts."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import command
from mlkc.app.front import front
from mlkc.cli.output import FORMATS
from mlkc.report import REPORTERS

# MLflow 3.99 is newer than the catalogue: a warning, MK225.
SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments: {prod: {}}
mlflow: {version: 3.99.0}
"""


def run(text: str, folder: Path, *options: str) -> CompletedProcess[str]:
    (folder / "spec.yaml").write_text(text)
    return command.run("compile", "spec.yaml", "-o", "out", *options, cwd=folder)


def codes_of(text: str, folder: Path) -> list[str]:
    (folder / "spec.yaml").write_text(text)
    return [diagnostic.code for diagnostic in front(folder / "spec.yaml", "spec.yaml").diagnostics]


def accepting(*codes: str) -> str:
    entries = "".join(f"  - {{code: {code}, reason: we know and want it}}\n" for code in codes)
    return f"{SPEC}accept:\n{entries}"


def test_the_formats_are_those_of_the_report() -> None:
    assert set(FORMATS) == set(REPORTERS)


def test_a_warning_is_shown_and_does_not_stop_a_compile(tmp_path: Path) -> None:
    done = run(SPEC, tmp_path)
    assert done.returncode == 0
    assert "warning[MK225]" in done.stderr
    assert (tmp_path / "out/base/kustomization.yaml").exists()


def test_strict_makes_it_an_error_and_writes_nothing(tmp_path: Path) -> None:
    done = run(SPEC, tmp_path, "--strict")
    assert done.returncode == 1
    assert "error[MK225]" in done.stderr
    assert not (tmp_path / "out").exists()


def test_json_stands_alone_on_standard_output(tmp_path: Path) -> None:
    done = run(SPEC, tmp_path, "--format", "json")
    assert done.stderr == ""
    assert "MK225" in [found["code"] for found in json.loads(done.stdout)["diagnostics"]]


def test_sarif_of_a_clean_spec_is_a_whole_document(tmp_path: Path) -> None:
    done = run(SPEC.replace("mlflow: {version: 3.99.0}\n", ""), tmp_path, "--format", "sarif")
    assert json.loads(done.stdout)["runs"][0]["results"] == []


def test_github_annotations_name_file_and_line(tmp_path: Path) -> None:
    done = run(SPEC, tmp_path, "--format", "github")
    assert any(line.startswith("::warning file=spec.yaml,line=5") for line in done.stdout.splitlines())


@pytest.mark.parametrize("code", ["MK225", "newer-than-known"])
def test_an_accepted_warning_is_not_shown(code: str, tmp_path: Path) -> None:
    assert "MK225" in codes_of(SPEC, tmp_path)
    said = codes_of(accepting(code), tmp_path)
    assert "MK225" not in said
    assert "MK390" not in said


def test_an_acceptance_that_meets_nothing_is_reported(tmp_path: Path) -> None:
    assert "MK390" in codes_of(accepting("MK225", "MK029"), tmp_path)
    assert "MK390" in codes_of(accepting("MK225", "newer-than-known"), tmp_path), "twice is once too often"


def test_an_error_elsewhere_hides_what_is_left_of_the_list(tmp_path: Path) -> None:
    assert codes_of(accepting("MK029") + "mirrors: tunna\n", tmp_path) == ["MK225", "MK203"]


@pytest.mark.parametrize("code", ["MK102", "missing-key", "MK390", "MK725"])
def test_what_is_no_warning_of_the_spec_is_refused(code: str, tmp_path: Path) -> None:
    assert codes_of(accepting(code), tmp_path) == ["MK391"]


def test_an_unknown_code_is_refused(tmp_path: Path) -> None:
    assert codes_of(accepting("newer-than-knwn"), tmp_path) == ["MK104"]


def test_an_acceptance_needs_a_reason_and_belongs_to_the_whole_spec(tmp_path: Path) -> None:
    assert codes_of(SPEC + "accept: [{code: MK225}]\n", tmp_path) == ["MK102"]
    text = SPEC.replace("prod: {}", "prod: {accept: []}")
    assert "MK201" in codes_of(text, tmp_path)
